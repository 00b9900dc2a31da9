package io.github.tandemfetch.simulator;

/**
 * The URLs of the service's parts on the simulator's port.
 *
 * @param base scheme, host and port, without a trailing slash
 * @param region {@code US} or {@code EU}
 */
record ServiceUrls(String base, String region) {
    /** The path of the SSO page. */
    static final String SSO_PATH = "/sso/";

    /** The path of the accounts service. */
    static final String ACCOUNTS_PATH = "/accounts/api";

    /** The path of Tandem Source. */
    static final String SOURCE_PATH = "/source/";

    private static final String US_CLIENT = "0oa4wnbvtladeyVZX4h7";
    private static final String EU_CLIENT = "1519e414-eeec-492e-8c5e-97bea4815a10";

    String sso() {
        return base + SSO_PATH;
    }

    String accounts() {
        return base + ACCOUNTS_PATH;
    }

    String source() {
        return base + SOURCE_PATH;
    }

    /** The origin that browsers send to the real service, where Source has a host of its own. */
    String origin() {
        return source().substring(0, source().length() - 1);
    }

    String redirectUri() {
        return isEurope() ? source() + "authorize/callback" : sso() + "auth/callback";
    }

    String clientId() {
        return isEurope() ? EU_CLIENT : US_CLIENT;
    }

    String otherRegionsClientId() {
        return isEurope() ? US_CLIENT : EU_CLIENT;
    }

    private boolean isEurope() {
        return region.equals("EU");
    }
}
