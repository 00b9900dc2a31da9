package io.github.tandemfetch.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy a request goes by: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, read as
 * curl reads them, lower case before upper case. Requests to this machine itself, as {@code tandem demo} makes them, go by
 * no proxy.
 */
public final class ProxySettings {
    private static final int DEFAULT_PORT = 1080;

    private final Environment environment;

    /**
     * Creates the settings; nothing is read yet.
     *
     * @param environment holds the variables
     */
    public ProxySettings(Environment environment) {
        this.environment = environment;
    }

    /**
     * The proxy for a request.
     *
     * @param target the request's address
     * @return empty where the request goes straight to its host
     * @throws ConfigurationException where the variable is no address of an HTTP proxy
     */
    public Optional<ProxyAddress> proxyFor(URI target) {
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        Optional<String> name = set(secure ? "HTTPS_PROXY" : "HTTP_PROXY").or(() -> set("ALL_PROXY"));
        if (name.isEmpty() || target.getHost() == null) {
            return Optional.empty();
        }
        String host = bare(target.getHost());
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        if (isLoopback(host) || isExcepted(host, port)) {
            return Optional.empty();
        }
        return Optional.of(
                parse(name.get(), environment.variable(name.get()).orElseThrow().strip()));
    }

    /** The spelling of a variable that is set. */
    private Optional<String> set(String name) {
        return List.of(name.toLowerCase(Locale.ROOT), name).stream()
                .filter(spelling -> environment
                        .variable(spelling)
                        .filter(value -> !value.isBlank())
                        .isPresent())
                .findFirst();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private boolean isExcepted(String host, int port) {
        String list = set("NO_PROXY").flatMap(environment::variable).orElse("");
        for (String entry : list.split("[,\\s]+")) {
            if (entry.equals("*") || matches(entry.toLowerCase(Locale.ROOT), host, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String entry, String host, int port) {
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean withPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (withPort) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = bare(name);
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        if (name.startsWith(".")) {
            name = name.substring(1);
        }
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    /** Without the brackets of an IPv6 address and the dot at the end of a full name, in lower case. */
    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    // Neither the value nor the failure's own words may be repeated: both can hold the password.
    private static ProxyAddress parse(String name, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            if (!"http".equalsIgnoreCase(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getPort() == 0
                    || uri.getPort() > 65_535) {
                throw malformed(name);
            }
            String login = uri.getRawUserInfo();
            int colon = login == null ? -1 : login.indexOf(':');
            return new ProxyAddress(
                    bare(uri.getHost()),
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    Optional.ofNullable(login).map(text -> decoded(colon < 0 ? text : text.substring(0, colon))),
                    new Secret(colon < 0 ? "" : decoded(login.substring(colon + 1))));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw malformed(name);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static ConfigurationException malformed(String name) {
        return new ConfigurationException(
                ConfigurationException.SETTING_INVALID,
                "The variable " + name + " is not the address of an HTTP proxy.",
                "Write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, special characters percent-encoded; "
                        + "proxies of other kinds (https://, socks5://) are not supported.");
    }
}
