package io.github.tandemfetch.config;

/**
 * Something about the settings that a person should know, though nothing stops for it.
 *
 * @param kind what it is about, so that a command which is not concerned can leave it out
 * @param message one sentence
 */
public record SettingsWarning(Kind kind, String message) {
    /** What a warning is about. */
    public enum Kind {
        /** The credentials file can be read by others. */
        CREDENTIALS_FILE_OPEN,
        /** No time zone is configured and the system's is used. */
        SYSTEM_TIMEZONE
    }
}
