package io.github.tandemfetch.web;

import io.github.tandemfetch.config.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may ask: only somebody who means this server. A page of another site that a browser shows could send requests to
 * loopback too, also under a name that it has made to lead there; such requests are told by their {@code Host} and {@code
 * Origin}.
 */
public final class ApiAccess {
    private static final String BEARER = "bearer ";
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+)(:[0-9]{1,5})?");

    private final Set<String> names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    private final byte[] token;

    private ApiAccess(String host, List<String> furtherNames, String token) {
        names.add(name(host));
        furtherNames.forEach(further -> names.add(name(further)));
        this.token = token == null ? null : digest(token);
    }

    /**
     * Access to a server.
     *
     * @param host the address that it listens on; a name by which it may be asked
     * @param furtherNames other names by which it may be asked
     * @param token what everybody must know who asks; null for nothing
     * @return the access
     */
    public static ApiAccess of(String host, List<String> furtherNames, String token) {
        return new ApiAccess(host, furtherNames, token);
    }

    /**
     * Whether only this machine can reach an address.
     *
     * @param host a name or a number
     * @return false also for a name that is not known
     */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Checks the headers of a request.
     *
     * @param hosts every header {@code Host}
     * @param origins every header {@code Origin}
     * @param authorizations every header {@code Authorization}
     * @return why the request is refused; empty where it is not
     */
    Optional<Problem> refusal(List<String> hosts, List<String> origins, List<String> authorizations) {
        if (hosts.size() != 1) {
            return Optional.of(Problem.of(400, "Bad request", "A request has one header Host."));
        }
        Matcher host = AUTHORITY.matcher(hosts.get(0));
        if (!host.matches() || !names.contains(host.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    Problem.of(421, "Misdirected request", "This server is not known by the name in the header Host."));
        }
        for (String origin : origins) {
            if (!origin.equalsIgnoreCase("http://" + hosts.get(0))
                    && !origin.equalsIgnoreCase("https://" + hosts.get(0))) {
                return Optional.of(
                        Problem.of(403, "Foreign origin", "Pages of other origins have no access to this server."));
            }
        }
        return isKnown(authorizations) ? Optional.empty() : Optional.of(Problem.ofStatus(401));
    }

    // Of equal length and in constant time: how long it takes tells nothing of the token.
    private boolean isKnown(List<String> authorizations) {
        if (token == null) {
            return true;
        }
        if (authorizations.size() != 1
                || !authorizations.get(0).toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        return MessageDigest.isEqual(
                token, digest(authorizations.get(0).substring(BEARER.length()).strip()));
    }

    private static String name(String host) {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT);
    }

    private static byte[] digest(String text) {
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
