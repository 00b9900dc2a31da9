package io.github.tandemfetch.export;

/**
 * What a configuration file says about an export; null where it says nothing.
 *
 * @param tables the tables
 * @param format the kind of files
 * @param outputDirectory the folder for the files, as written
 * @param columns the columns, and their order
 * @param rowLimit how many rows of each table at most
 * @param compression how files of text are packed
 * @param partitionBy the stretch of time that has a folder of its own
 * @param fetchLatest whether to fetch first
 * @param overwrite whether files that exist are replaced
 * @param startDate the first day, as written
 * @param endDate the last day, as written
 */
public record ExportFileSettings(
        TableSelection tables,
        ExportFormat format,
        String outputDirectory,
        ColumnSelection columns,
        Long rowLimit,
        ExportCompression compression,
        PartitionUnit partitionBy,
        Boolean fetchLatest,
        Boolean overwrite,
        String startDate,
        String endDate) {
    /** What no file says. */
    public static final ExportFileSettings NONE =
            new ExportFileSettings(null, null, null, null, null, null, null, null, null, null, null);
}
