package io.github.tandemfetch.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that replace a region's own, each from its environment variable.
 *
 * @param ssoUrl {@code TANDEM_SSO_URL}
 * @param accountsUrl {@code TANDEM_ACCOUNTS_URL}
 * @param sourceUrl {@code TANDEM_SOURCE_URL}
 * @param clientId {@code TANDEM_CLIENT_ID}
 * @param redirectUri {@code TANDEM_REDIRECT_URI}
 */
public record EndpointSettings(
        Optional<String> ssoUrl,
        Optional<String> accountsUrl,
        Optional<String> sourceUrl,
        Optional<String> clientId,
        Optional<String> redirectUri) {
    private static final String SSO = "TANDEM_SSO_URL";
    private static final String ACCOUNTS = "TANDEM_ACCOUNTS_URL";
    private static final String SOURCE = "TANDEM_SOURCE_URL";
    private static final String CLIENT = "TANDEM_CLIENT_ID";
    private static final String REDIRECT = "TANDEM_REDIRECT_URI";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]|.+\\.localhost");

    static EndpointSettings from(Environment environment) {
        return new EndpointSettings(
                address(environment, SSO),
                address(environment, ACCOUNTS),
                address(environment, SOURCE),
                clientId(environment),
                address(environment, REDIRECT));
    }

    /**
     * The region's addresses with these in their place.
     *
     * @param region whose addresses to start from
     * @return where to reach the service
     */
    public Endpoints over(Region region) {
        Endpoints own = region.endpoints();
        return new Endpoints(
                ssoUrl.orElse(own.ssoUrl()),
                accountsUrl.orElse(own.accountsUrl()),
                sourceUrl.orElse(own.sourceUrl()),
                clientId.orElse(own.clientId()),
                redirectUri.orElse(own.redirectUri()));
    }

    /** Each address with its origin, for {@code tandem status}; the region may be unknown. */
    Map<String, Setting<String>> settings(Region region) {
        Endpoints effective = region == null ? null : over(region);
        Map<String, Setting<String>> settings = new LinkedHashMap<>();
        settings.put("sso url", setting(ssoUrl, SSO, effective == null ? null : effective.ssoUrl()));
        settings.put(
                "accounts url", setting(accountsUrl, ACCOUNTS, effective == null ? null : effective.accountsUrl()));
        settings.put("source url", setting(sourceUrl, SOURCE, effective == null ? null : effective.sourceUrl()));
        settings.put("client id", setting(clientId, CLIENT, effective == null ? null : effective.clientId()));
        settings.put(
                "redirect uri", setting(redirectUri, REDIRECT, effective == null ? null : effective.redirectUri()));
        return settings;
    }

    /**
     * Whether a host is this machine itself, judged by its name alone: a look-up could be answered by anybody.
     *
     * @param host a URL's host
     * @return true for localhost, 127.0.0.0/8 and ::1
     */
    public static boolean isLoopback(String host) {
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static Setting<String> setting(Optional<String> override, String variable, String effective) {
        if (effective == null) {
            return override.map(value -> new Setting<>(value, SettingOrigin.variable(variable)))
                    .orElseGet(Setting::notSet);
        }
        SettingOrigin origin =
                override.isPresent() ? SettingOrigin.variable(variable) : SettingOrigin.of(SettingOrigin.Kind.REGION);
        return new Setting<>(effective, origin);
    }

    private static Optional<String> clientId(Environment environment) {
        Optional<String> value = environment.variable(CLIENT).map(String::strip).filter(id -> !id.isEmpty());
        value.filter(id -> id.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)).ifPresent(id -> {
            throw invalid(CLIENT, "is not a client id", "Give the id without spaces, or unset the variable.");
        });
        return value;
    }

    /** The value is not quoted in errors: it may hold a user name and password. */
    private static Optional<String> address(Environment environment, String variable) {
        Optional<String> value =
                environment.variable(variable).map(String::strip).filter(url -> !url.isEmpty());
        value.ifPresent(url -> check(variable, url));
        return value;
    }

    private static void check(String variable, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            throw invalid(variable, "is not a URL", "Give an absolute https:// URL, or unset the variable.");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            throw invalid(
                    variable,
                    "is not an absolute http(s) URL",
                    "Give an absolute https:// URL, or unset the variable.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null || uri.getRawQuery() != null) {
            throw invalid(
                    variable,
                    "holds a user name, a query or a fragment",
                    "Give scheme, host, port and path only, or unset the variable.");
        }
        if (scheme.equals("http") && !isLoopback(uri.getHost())) {
            throw invalid(
                    variable,
                    "is an http URL of another machine: the password would travel unencrypted",
                    "Use https; http is for localhost only.");
        }
    }

    private static ConfigurationException invalid(String variable, String problem, String remedy) {
        return new ConfigurationException(
                ConfigurationException.SETTING_INVALID,
                "The environment variable " + variable + " " + problem + ".",
                remedy);
    }
}
