package io.github.tandemfetch.simulator;

/** The calls of the protocol, for faults and for the request log. */
public enum RequestKind {
    /** {@code GET} the SSO page. */
    SSO_PAGE,
    /** {@code POST A/login}. */
    LOGIN,
    /** {@code GET A/connect/authorize} and the redirects that follow within the accounts service. */
    AUTHORIZE,
    /** {@code POST A/connect/token}. */
    TOKEN,
    /** {@code GET A/.well-known/openid-configuration} and its {@code /jwks}. */
    KEYS,
    /** {@code GET S/api/reports/bff/pumper/…}. */
    PUMPER,
    /** {@code GET S/api/reports/bff/pump-logs/…}. */
    PUMP_LOGS,
    /** Anything else; as the kind of a fault: every request. */
    ANY
}
