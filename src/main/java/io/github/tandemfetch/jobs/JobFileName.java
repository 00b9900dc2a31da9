package io.github.tandemfetch.jobs;

import io.github.tandemfetch.export.ExportCompression;
import io.github.tandemfetch.export.ExportConfig;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The name of a job's file. It follows from the job's number, its request and its creation time alone, so that the store
 * of the jobs holds no name that is used as a path.
 */
final class JobFileName {
    /** Letters, digits and underscores, then the extensions: never a separator, never a dot in front. */
    static final Pattern PATTERN =
            Pattern.compile("[A-Za-z0-9_]{1,120}_[0-9]{8}_[0-9]{6}_job[0-9]{1,18}\\.[a-z]{1,16}(\\.gz)?");

    // File systems allow 255 bytes, and a table's name alone may have as many.
    private static final int LONGEST_TABLE = 120;

    private JobFileName() {}

    /**
     * Builds the name.
     *
     * @throws IllegalArgumentException where the job's fields give no such name
     */
    static String of(long id, JobRequest request, Instant createdAt) {
        String table = request.table().tableName();
        String name = table.substring(0, Math.min(table.length(), LONGEST_TABLE)) + "_"
                + ExportConfig.FILE_TIME.format(createdAt)
                + "_job" + id + "." + request.format().extension()
                + (request.compress() ? "." + ExportCompression.GZIP.extension() : "");
        if (!PATTERN.matcher(name).matches()) {
            throw new IllegalArgumentException("The fields of job " + id + " give no file name");
        }
        return name;
    }
}
