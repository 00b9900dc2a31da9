package io.github.tandemfetch.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The result of a load.
 *
 * @param type {@code events} or {@code profiles}
 * @param read records read
 * @param inserted rows inserted; records neither inserted nor skipped have a duplicate key
 * @param rowCount rows in the table after the load
 * @param skipped invalid records skipped
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

    /** Records with a duplicate key. */
    public long repeated() {
        return read - skipped - inserted;
    }
}
