package io.github.tandemfetch.config;

import java.util.Objects;

/**
 * Where Tandem Source is reached. The addresses of the two regions are those that public clients of the service use as
 * of November 2026; every one of them can be replaced.
 *
 * @param ssoUrl the sign-in page, ending in a slash
 * @param accountsUrl base of the login calls and issuer of the id token, without a slash at the end
 * @param sourceUrl base of the data calls, ending in a slash
 * @param clientId the OAuth client id
 * @param redirectUri where the login ends; it is recognized, never requested
 */
public record Endpoints(String ssoUrl, String accountsUrl, String sourceUrl, String clientId, String redirectUri) {
    /** Normalises the slashes at the end of the three addresses. */
    public Endpoints {
        ssoUrl = withoutSlash(ssoUrl) + "/";
        accountsUrl = withoutSlash(accountsUrl);
        sourceUrl = withoutSlash(sourceUrl) + "/";
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(redirectUri, "redirectUri");
    }

    private static String withoutSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /**
     * What the data calls send as {@code Origin}.
     *
     * @return the source address without its slash
     */
    public String sourceOrigin() {
        return withoutSlash(sourceUrl);
    }
}
