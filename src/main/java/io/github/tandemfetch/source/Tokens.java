package io.github.tandemfetch.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/** What the token request answers; the expiry is null where the service does not say it. */
record Tokens(Secret accessToken, Secret idToken, Instant expiresAt) {
    private static final String SUBJECT = "The token answer of Tandem Source ";

    static Tokens from(byte[] body, Clock clock) {
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
                seconds > 0 ? clock.instant().plusSeconds(Math.min(seconds, Integer.MAX_VALUE)) : null);
    }

    private static Secret required(JsonNode json, String name) {
        String value = json.path(name).textValue();
        if (value == null || value.isBlank()) {
            throw new UnexpectedAnswerException(SUBJECT + "has no \"" + name + "\".");
        }
        return new Secret(value);
    }
}
