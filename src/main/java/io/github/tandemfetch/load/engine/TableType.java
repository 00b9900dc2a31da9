package io.github.tandemfetch.load.engine;

import java.util.Arrays;

/** What a loaded table holds. */
public enum TableType {
    EVENTS("events"),
    PROFILES("profiles");

    private final String text;

    TableType(String text) {
        this.text = text;
    }

    /** The value in {@code _metadata}: {@code events} or {@code profiles}. */
    public String text() {
        return text;
    }

    static TableType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElseThrow(() -> EngineErrors.invalidMetadata(
                        "_metadata has the unknown table type '" + text + "'.", "Drop the table and load it again."));
    }
}
