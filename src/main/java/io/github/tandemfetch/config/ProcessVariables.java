package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the environment of this process as UTF-8. Java 17 decodes it with the locale's character set and loses what that
 * cannot say: in a cron line, where no locale is set, a password with an umlaut would be another one.
 */
final class ProcessVariables {
    private static final Path LINUX = Path.of("/proc/self/environ");

    private ProcessVariables() {}

    static Map<String, String> read() {
        try {
            return parse(Files.readAllBytes(LINUX));
        } catch (IOException notLinux) {
            return System.getenv();
        }
    }

    static Map<String, String> parse(byte[] environ) {
        Map<String, String> variables = new HashMap<>();
        for (String entry : new String(environ, StandardCharsets.UTF_8).split("\0")) {
            int end = entry.indexOf('=');
            if (end > 0) {
                variables.putIfAbsent(entry.substring(0, end), entry.substring(end + 1));
            }
        }
        return variables;
    }
}
