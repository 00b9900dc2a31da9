package io.github.tandemfetch.load;

import java.util.ArrayList;
import java.util.List;

/** Counts skipped records and keeps the first of them. */
final class SkippedRecords {
    private static final int MOST_KEPT = 20;

    private final List<SkippedRecord> first = new ArrayList<>();
    private long count;

    void add(long line, String field, String problem) {
        count++;
        if (first.size() < MOST_KEPT) {
            first.add(new SkippedRecord(line, field, problem));
        }
    }

    long count() {
        return count;
    }

    /** At most twenty, in input order. */
    List<SkippedRecord> first() {
        return List.copyOf(first);
    }
}
