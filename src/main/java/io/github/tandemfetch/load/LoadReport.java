package io.github.tandemfetch.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What came of a load.
 *
 * @param table the table
 * @param type {@code events} or {@code profiles}
 * @param read how many records were read
 * @param inserted how many rows were inserted; those neither inserted nor skipped repeat a key
 * @param rowCount how many rows the table has now
 * @param skipped how many invalid records were left out
 * @param skippedRecords the first of these, at most twenty
 */
@RegisterForReflection
public record LoadReport(
        String table,
        String type,
        long read,
        long inserted,
        @JsonProperty("row_count") long rowCount,
        long skipped,
        @JsonProperty("skipped_records") List<SkippedRecord> skippedRecords) {

    /**
     * How many records repeat a key that was there before.
     *
     * @return the records that changed nothing
     */
    public long repeated() {
        return read - skipped - inserted;
    }
}
