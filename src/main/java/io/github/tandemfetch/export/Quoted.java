package io.github.tandemfetch.export;

import java.nio.file.Path;

/** Names and texts as SQL quotes them, for where the engine takes no bound value. */
final class Quoted {
    private Quoted() {}

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String path(Path path) {
        return literal(path.toAbsolutePath().toString());
    }
}
