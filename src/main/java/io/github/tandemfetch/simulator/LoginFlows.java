package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The state of each login: cookies, pending authorizations, codes not redeemed yet. */
final class LoginFlows {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);

    private final RandomTokens secrets;
    private final Map<String, Boolean> visitors = new ConcurrentHashMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, Authorization> authorizations = new ConcurrentHashMap<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /**
     * An authorization request.
     *
     * @param challenge the PKCE challenge (S256)
     * @param state echoed to the redirect URI, or null
     * @param nonce echoed in the id token, or null
     */
    record Authorization(String clientId, String redirectUri, String challenge, String state, String nonce) {}

    private record Grant(Authorization authorization, Instant expiry) {}

    LoginFlows(RandomTokens secrets) {
        this.secrets = secrets;
    }

    String newVisitor() {
        String visitor = secrets.next();
        visitors.put(visitor, true);
        return visitor;
    }

    boolean knowsVisitor(String visitor) {
        return visitor != null && visitors.containsKey(visitor);
    }

    /** A logged-in session that belongs to a device cookie. */
    String newSession(String device) {
        String session = secrets.next();
        sessions.put(session, device);
        return session;
    }

    boolean isLoggedIn(String session, String device) {
        return session != null && device != null && device.equals(sessions.get(session));
    }

    String begin(Authorization authorization) {
        String id = secrets.next();
        authorizations.put(id, authorization);
        return id;
    }

    /** The authorization under way, or null. */
    Authorization find(String id) {
        return id == null ? null : authorizations.get(id);
    }

    String grant(String id) {
        String code = secrets.next();
        grants.put(code, new Grant(authorizations.remove(id), Instant.now().plus(CODE_LIFETIME)));
        return code;
    }

    /** Redeems a code; null for a code that is unknown, used or expired. */
    Authorization redeem(String code) {
        Grant grant = code == null ? null : grants.remove(code);
        return grant == null || Instant.now().isAfter(grant.expiry()) ? null : grant.authorization();
    }
}
