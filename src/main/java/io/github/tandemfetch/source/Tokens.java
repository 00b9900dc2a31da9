package io.github.tandemfetch.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What the token request answers.
 *
 * @param accessToken what the data calls carry
 * @param idToken who logged in
 * @param expiresAt when the access token expires, by this machine's clock; null where the service does not say it
 * @param servedAt when the service gave it out, by its own clock
 */
record Tokens(Secret accessToken, Secret idToken, Instant expiresAt, Instant servedAt) {
    private static final String SUBJECT = "The token answer of Tandem Source ";

    static Tokens from(byte[] body, Optional<Instant> date, Clock clock) {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(body);
        } catch (IOException malformed) {
            throw new UnexpectedAnswerException(SUBJECT + "is not JSON.");
        }
        JsonNode expiresIn = json.path("expires_in");
        long seconds = expiresIn.asLong(0);
        return new Tokens(
                required(json, "access_token"),
                required(json, "id_token"),
                seconds > 0 ? clock.instant().plusSeconds(Math.min(seconds, Integer.MAX_VALUE)) : null,
                date.orElseGet(clock::instant));
    }

    private static Secret required(JsonNode json, String name) {
        String value = json.path(name).textValue();
        if (value == null || value.isBlank()) {
            throw new UnexpectedAnswerException(SUBJECT + "has no \"" + name + "\".");
        }
        // Of anything else no header can be made, and what the client says of it would quote it.
        if (!isToken(value)) {
            throw new UnexpectedAnswerException(SUBJECT + "has characters in \"" + name + "\" that no token has.");
        }
        return new Secret(value);
    }

    /** Whether a text can be a token: visible ASCII, as a header needs it. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
