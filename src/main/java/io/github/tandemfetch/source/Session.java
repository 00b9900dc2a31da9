package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a login gives: the token and who it is for. As text it shows the expiry only.
 *
 * @param accessToken what the data calls carry
 * @param pumperId the person, in the data calls
 * @param accountId the account
 * @param expiresAt when the service stops taking the token
 */
public record Session(Secret accessToken, String pumperId, String accountId, Instant expiresAt) {
    /** How long before its expiry a token is no longer used. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /** All parts are required. */
    public Session {
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(pumperId, "pumperId");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Whether the token will still be taken for a while. */
    boolean isFresh(Instant now) {
        return now.isBefore(expiresAt.minus(MARGIN));
    }

    @Override
    public String toString() {
        return "Session[expiresAt=" + expiresAt + "]";
    }
}
