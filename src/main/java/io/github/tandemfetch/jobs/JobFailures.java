package io.github.tandemfetch.jobs;

import io.github.tandemfetch.failure.TandemException;
import java.util.Map;

/** Why a job failed, in words that tell no path, no SQL and nothing of the machine. The log tells the rest. */
final class JobFailures {
    static final String INTERRUPTED = "interrupted: the server ended before the job did. Create the job again.";

    private static final Map<String, String> SENTENCES = Map.of(
            "DATABASE_NOT_FOUND", "There is no database yet. Fetch the data first, with 'tandem sync'.",
            "TABLE_NOT_FOUND", "The table is not in the database yet. Fetch the data first, with 'tandem sync'.",
            "UNKNOWN_COLUMN", "The table has no column of one of the names.",
            "DATABASE_LOCKED", "Another process held the database for too long. Create the job again.",
            "DATABASE_TOO_NEW", "The database was written by a newer program.",
            "DISK_FULL", "The disk is full.",
            "OUT_OF_MEMORY", "The export needs more memory than there is. Ask for fewer days or columns.",
            "FOLDER_NOT_WRITABLE", "The folder of the files cannot be written to.",
            "ROWS_DIFFER", "The number of rows written is not the number of rows there are; no file was kept.",
            "INTERRUPTED", INTERRUPTED);

    private JobFailures() {}

    static String sentence(TandemException failure) {
        return SENTENCES.getOrDefault(failure.code(), "The export failed. The log of the server tells why.");
    }
}
