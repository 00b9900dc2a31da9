package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The valid access tokens. */
final class AccessTokens {
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final RandomTokens secrets;
    private final Duration lifetime;

    AccessTokens(RandomTokens secrets, Duration lifetime) {
        this.secrets = secrets;
        this.lifetime = lifetime;
    }

    String issue() {
        String token = secrets.next();
        expiries.put(token, Instant.now().plus(lifetime));
        return token;
    }

    Duration lifetime() {
        return lifetime;
    }

    boolean isGood(String token) {
        Instant expiry = expiries.get(token);
        return expiry != null && Instant.now().isBefore(expiry);
    }

    void expireAll() {
        expiries.clear();
    }
}
