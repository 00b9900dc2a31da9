package io.github.tandemfetch.load.engine;

import java.time.Instant;

/**
 * The summary of a loaded table: its row in {@code _metadata}.
 *
 * @param name the name in its original case
 */
public record TableInfo(String name, TableMetadata metadata, long rowCount) {
    public TableType type() {
        return metadata.type();
    }

    public Instant fetchedAt() {
        return metadata.fetchedAt();
    }
}
