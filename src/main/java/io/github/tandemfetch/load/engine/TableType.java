package io.github.tandemfetch.load.engine;

import java.util.Arrays;

/** What a loaded table holds. */
public enum TableType {
    /** What somebody did, and when. */
    EVENTS("events"),
    /** What is known of somebody. */
    PROFILES("profiles");

    private final String text;

    TableType(String text) {
        this.text = text;
    }

    /**
     * The type as {@code _metadata} has it.
     *
     * @return {@code events} or {@code profiles}
     */
    public String text() {
        return text;
    }

    static TableType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidMetadataException(
                        "The type of a table is '" + text + "' in _metadata, which this program does not know.",
                        "Drop the table and load it again."));
    }
}
