package io.github.tandemfetch.store.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of a load.
 *
 * @param table the table
 * @param type {@code events} or {@code profiles}
 * @param read how many records were read
 * @param inserted how many rows were inserted; the others repeat a key
 * @param rowCount how many rows the table has now
 */
@RegisterForReflection
public record LoadReport(
        String table,
        String type,
        long read,
        long inserted,
        @JsonProperty("row_count") long rowCount) {}
