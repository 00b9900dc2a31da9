package io.github.tandemfetch.config;

import java.nio.file.Path;

/**
 * Where a setting's value came from.
 *
 * @param kind which of the places
 * @param name the flag, the variable, or the file and its key; empty for the other kinds
 */
public record SettingOrigin(Kind kind, String name) {
    /** The places a value can come from. */
    public enum Kind {
        /** A flag of the command. */
        FLAG,
        /** An environment variable. */
        VARIABLE,
        /** A key of the credentials file. */
        FILE,
        /** Chosen by the region. */
        REGION,
        /** The documented default. */
        DEFAULT,
        /** The operating system's own setting. */
        SYSTEM,
        /** Nowhere: there is no value. */
        NOT_SET
    }

    static SettingOrigin flag(String flag) {
        return new SettingOrigin(Kind.FLAG, flag);
    }

    static SettingOrigin variable(String variable) {
        return new SettingOrigin(Kind.VARIABLE, variable);
    }

    static SettingOrigin file(Path file, String key) {
        return new SettingOrigin(Kind.FILE, file + " (key " + key + ")");
    }

    static SettingOrigin of(Kind kind) {
        return new SettingOrigin(kind, "");
    }

    /**
     * The origin in words, as {@code tandem status} prints it.
     *
     * @return such as {@code flag --db}
     */
    public String text() {
        return switch (kind) {
            case FLAG -> "flag " + name;
            case VARIABLE -> "environment " + name;
            case FILE -> "file " + name;
            case REGION -> "by region";
            case DEFAULT -> "default";
            case SYSTEM -> "system";
            case NOT_SET -> "not set";
        };
    }
}
