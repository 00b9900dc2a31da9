package io.github.tandemfetch.query;

/**
 * A column of a result.
 *
 * @param name not unique
 * @param type the engine's type name
 */
public record ResultColumn(String name, String type, ValueKind kind) {
    static ResultColumn of(String name, String type) {
        return new ResultColumn(name, type, ValueKind.of(type));
    }

    public static ResultColumn text(String name) {
        return of(name, "VARCHAR");
    }
}
