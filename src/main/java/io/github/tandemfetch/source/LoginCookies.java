package io.github.tandemfetch.source;

import io.github.tandemfetch.config.EndpointSettings;
import java.net.CookieHandler;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cookies of one login, as browsers keep them (RFC 6265). The JDK's own jar does not do: it takes a cookie with
 * {@code Max-Age} for one of RFC 2965 and sends {@code $Version="1"} with it, refuses a cookie that names a parent
 * domain two levels up, and drops {@code Secure} ones on loopback.
 */
final class LoginCookies extends CookieHandler {
    private final List<Cookie> cookies = new ArrayList<>();

    private record Cookie(String name, String value, String domain, boolean hostOnly, String path, boolean secure) {
        boolean replaces(Cookie other) {
            return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
        }

        boolean goesTo(String host, String requestPath, boolean safe) {
            boolean inDomain = host.equals(domain) || (!hostOnly && host.endsWith("." + domain));
            return inDomain && onPath(requestPath) && (safe || !secure);
        }

        private boolean onPath(String requestPath) {
            return requestPath.equals(path)
                    || (requestPath.startsWith(path)
                            && (path.endsWith("/") || requestPath.charAt(path.length()) == '/'));
        }
    }

    @Override
    public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
        String host = host(uri);
        boolean safe = "https".equalsIgnoreCase(uri.getScheme()) || EndpointSettings.isLoopback(host);
        List<String> pairs = cookies.stream()
                .filter(cookie -> cookie.goesTo(host, path(uri), safe))
                .sorted((a, b) -> b.path().length() - a.path().length())
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .toList();
        return pairs.isEmpty() ? Map.of() : Map.of("Cookie", List.of(String.join("; ", pairs)));
    }

    @Override
    public synchronized void put(URI uri, Map<String, List<String>> responseHeaders) {
        Instant now = now(responseHeaders);
        responseHeaders.forEach((name, values) -> {
            if ("Set-Cookie".equalsIgnoreCase(name)) {
                values.forEach(value -> set(uri, value, now));
            }
        });
    }

    /** What time it is for the service, which says by its own clock until when a cookie is good. */
    private static Instant now(Map<String, List<String>> responseHeaders) {
        return responseHeaders.entrySet().stream()
                .filter(header -> "Date".equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .flatMap(HttpDate::parse)
                .orElseGet(Instant::now);
    }

    private void set(URI uri, String header, Instant now) {
        String[] parts = header.split(";", -1);
        int equals = parts[0].indexOf('=');
        if (equals < 1) {
            return;
        }
        String host = host(uri);
        String domain = host;
        boolean hostOnly = true;
        String path = defaultPath(uri);
        boolean secure = false;
        boolean byExpires = false;
        Boolean byMaxAge = null;
        for (int i = 1; i < parts.length; i++) {
            int at = parts[i].indexOf('=');
            String attribute =
                    (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
            String value = at < 0 ? "" : parts[i].substring(at + 1).strip();
            switch (attribute) {
                case "domain" -> {
                    String named = value.toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
                    if (!named.isEmpty()) {
                        domain = named;
                        hostOnly = false;
                    }
                }
                case "path" -> path = value.startsWith("/") ? value : path;
                case "secure" -> secure = true;
                case "expires" -> byExpires = isPast(value, now);
                case "max-age" -> byMaxAge = value.matches("-\\d+|0+") || (byMaxAge != null && byMaxAge);
                default -> {
                    continue;
                }
            }
        }
        boolean foreign = !host.equals(domain) && !(host.endsWith("." + domain) && domain.contains("."));
        if (foreign) {
            return;
        }
        Cookie cookie = new Cookie(
                parts[0].substring(0, equals).strip(),
                parts[0].substring(equals + 1).strip(),
                domain,
                hostOnly,
                path,
                secure);
        for (Iterator<Cookie> kept = cookies.iterator(); kept.hasNext(); ) {
            if (cookie.replaces(kept.next())) {
                kept.remove();
            }
        }
        if (!(byMaxAge != null ? byMaxAge : byExpires)) {
            cookies.add(cookie);
        }
    }

    /** A date that cannot be read makes a cookie of the session, as in browsers. A login outlives no cookie. */
    private static boolean isPast(String date, Instant now) {
        return HttpDate.parse(date.replace('-', ' '))
                .filter(expires -> expires.isBefore(now))
                .isPresent();
    }

    private static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String defaultPath(URI uri) {
        String path = path(uri);
        int slash = path.lastIndexOf('/');
        return slash < 1 ? "/" : path.substring(0, slash);
    }

    @Override
    public String toString() {
        return "LoginCookies[" + cookies.size() + "]";
    }
}
