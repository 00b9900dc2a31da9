package io.github.tandemfetch.query;

/**
 * A column of a result.
 *
 * @param name its name; another column may have the same
 * @param type the engine's name of its type
 * @param kind what its texts stand for
 */
public record ResultColumn(String name, String type, ValueKind kind) {
    static ResultColumn of(String name, String type) {
        return new ResultColumn(name, type, ValueKind.of(type));
    }

    public static ResultColumn text(String name) {
        return of(name, "VARCHAR");
    }
}
