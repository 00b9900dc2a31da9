package io.github.tandemfetch.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps the values of HTTP headers out of logs and stack traces. What an HTTP library says of a message that it cannot
 * read quotes that message, so its words are withheld as a whole; in everybody else's, credentials are masked.
 */
final class HeaderRedaction {
    static final String WITHHELD = "(message withheld: it may quote a header)";

    private static final List<String> HTTP_LIBRARIES = List.of(
            "io.netty.",
            "io.vertx.",
            "io.quarkus.vertx.",
            "io.quarkus.rest.",
            "io.quarkus.resteasy.",
            "org.jboss.resteasy.",
            "jakarta.ws.rs.",
            "java.net.http.",
            "jdk.internal.net.http.",
            "jdk.httpclient.",
            "sun.net.www.",
            "sun.net.httpserver.",
            "com.sun.net.httpserver.");

    /** Everything after the name of a header that holds credentials, for they may go on behind a stray line end. */
    private static final Pattern CREDENTIALS_HEADER =
            Pattern.compile("(?is)\\b((?:proxy-)?authorization|(?:set-)?cookie2?)\\b(['\"]?\\s*[:=]).*");

    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic|digest)(\\s+)[^\\s\"',;]+");
    private static final Pattern WEB_TOKEN = Pattern.compile("\\beyJ[\\w-]{5,}(?:\\.[\\w-]*)*");
    private static final String MASK = "***";

    private HeaderRedaction() {}

    /** Whether a class or a logger belongs to a library that reads and writes headers. */
    static boolean isHttpLibrary(String name) {
        return HTTP_LIBRARIES.stream().anyMatch(name::startsWith);
    }

    /** A text of others than those libraries, with its credentials masked. */
    static String masked(String text) {
        String masked = CREDENTIALS_HEADER.matcher(text).replaceAll("$1$2 " + MASK);
        masked = CREDENTIALS.matcher(masked).replaceAll("$1$2" + MASK);
        return WEB_TOKEN.matcher(masked).replaceAll(MASK);
    }
}
