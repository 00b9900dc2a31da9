package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.tandemfetch.domain.TimedTable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/**
 * Everything that one export was asked to do. Made with {@link #builder(Instant)}.
 *
 * @param tables the tables, at least one, each once
 * @param format the kind of files
 * @param outputDirectory the folder for the files, made where it is not there
 * @param dateRange the days, in UTC
 * @param pumpSerial the only pump whose rows are exported; null for all pumps
 * @param columns the columns, and their order
 * @param rowLimit how many rows of each table at most, the earliest ones; null for all
 * @param compression how files of text are packed; null for not at all
 * @param partitionBy the stretch of time that has a folder of its own; null for one file a table
 * @param fetchLatest whether new data was to be fetched first; the caller's business, kept for the summary
 * @param overwrite whether files that exist are replaced
 * @param outputPath the one file itself, instead of a name in the folder, or {@link #STANDARD_OUTPUT}; null otherwise
 * @param timestamp when the run began, UTC; in the name of each of its files
 */
@RegisterForReflection
@JsonPropertyOrder({
    "tables",
    "format",
    "output_dir",
    "output_path",
    "pump_serial",
    "columns",
    "limit",
    "compress",
    "partition_by",
    "fetch_latest",
    "overwrite",
    "timestamp"
})
public record ExportConfig(
        @JsonProperty("tables") List<TimedTable> tables,
        @JsonProperty("format") ExportFormat format,

        @JsonProperty("output_dir") @JsonSerialize(using = PlainTextSerializer.class)
        Path outputDirectory,

        @JsonUnwrapped DateRange dateRange,
        @JsonProperty("pump_serial") String pumpSerial,
        @JsonProperty("columns") ColumnSelection columns,
        @JsonProperty("limit") Long rowLimit,
        @JsonProperty("compress") ExportCompression compression,
        @JsonProperty("partition_by") PartitionUnit partitionBy,
        @JsonProperty("fetch_latest") boolean fetchLatest,
        @JsonProperty("overwrite") boolean overwrite,

        @JsonProperty("output_path") @JsonSerialize(using = PlainTextSerializer.class)
        Path outputPath,

        @JsonProperty("timestamp") @JsonSerialize(using = PlainTextSerializer.class)
        Instant timestamp) {
    /** Where a file would go that is handed on instead, see {@link ExportService#stream}. */
    public static final Path STANDARD_OUTPUT = Path.of("-");

    /** The UTC time in the names of exported files. */
    public static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /**
     * Checks what was asked for.
     *
     * @throws ExportArgumentException where no table is named, one output file for several tables, fewer than no rows,
     *     or a compression, parts or an output that do not go with the format
     */
    public ExportConfig {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(outputDirectory, "outputDirectory");
        Objects.requireNonNull(dateRange, "dateRange");
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(timestamp, "timestamp");
        tables = tables.stream().distinct().toList();
        if (tables.isEmpty()) {
            throw new ExportArgumentException("NO_TABLE", "There is no table to export.", "Name at least one table.");
        }
        if (outputPath != null && tables.size() > 1) {
            throw new ExportArgumentException(
                    "ONE_FILE_FOR_SEVERAL_TABLES",
                    "--output-path names one file, but " + tables.size() + " tables are to be exported.",
                    "Name one table with --tables, or a folder with --output-dir.");
        }
        if (outputPath != null && outputPath.getFileName() == null) {
            throw new ExportArgumentException(
                    "NOT_A_FILE", "--output-path " + outputPath + " is not a file's name.", "Name a file.");
        }
        if (rowLimit != null && rowLimit < 0) {
            throw new ExportArgumentException(
                    "INVALID_LIMIT", "A limit of " + rowLimit + " rows makes no sense.", "Give 0 or more rows.");
        }
        checkFormat(format, compression, partitionBy, STANDARD_OUTPUT.equals(outputPath));
    }

    private static void checkFormat(
            ExportFormat format, ExportCompression compression, PartitionUnit partitionBy, boolean toStandardOutput) {
        if (format.isCompressedInside() && compression != null) {
            throw new ExportArgumentException(
                    "COMPRESSION_NOT_FOR_PARQUET",
                    "Parquet files are compressed inside, column by column, with zstd; packed once more, no tool could"
                            + " read them.",
                    "Leave --compress out, or choose " + ExportFormat.anyOf(other -> !other.isCompressedInside())
                            + " with --format.");
        }
        if (format.needsFile() && toStandardOutput) {
            throw new ExportArgumentException(
                    "PARQUET_NOT_FOR_STANDARD_OUTPUT",
                    "Parquet is read from its end, so it needs a file.",
                    "Choose " + ExportFormat.anyOf(other -> !other.needsFile())
                            + " with --format, or a folder with --output-dir.");
        }
        if (partitionBy != null && !format.canBePartitioned()) {
            throw new ExportArgumentException(
                    "PARTITIONS_NEED_PARQUET",
                    "Only Parquet is written in parts by " + partitionBy.unitName() + ", not " + format.extension()
                            + ".",
                    "Leave --partition-by out, or choose --format parquet.");
        }
    }

    /**
     * Whether the one table is to be handed on instead of kept in a file.
     *
     * @return true where the output path is {@link #STANDARD_OUTPUT}
     */
    @JsonIgnore
    public boolean isToStandardOutput() {
        return STANDARD_OUTPUT.equals(outputPath);
    }

    /**
     * The same configuration, with another answer to whether files that exist are replaced.
     *
     * @param replace true if so
     */
    public ExportConfig withOverwrite(boolean replace) {
        return new ExportConfig(
                tables,
                format,
                outputDirectory,
                dateRange,
                pumpSerial,
                columns,
                rowLimit,
                compression,
                partitionBy,
                fetchLatest,
                replace,
                outputPath,
                timestamp);
    }

    /**
     * Begins a configuration: all tables, Parquet, all days, into {@code exports}, replacing nothing.
     *
     * @param timestamp when the run began
     * @return a builder
     */
    public static Builder builder(Instant timestamp) {
        return new Builder(timestamp);
    }

    /**
     * Where the file of a table goes, or the folder of its files where they are written in parts.
     *
     * @param table one of the tables
     * @return {@code {table}_{YYYYMMDD_HHMMSS}.{ext}} in the folder, without extension for parts, or the output path
     */
    public Path fileOf(TimedTable table) {
        if (outputPath != null) {
            return outputPath;
        }
        String name = table.tableName() + "_" + FILE_TIME.format(timestamp);
        return outputDirectory.resolve(partitionBy == null ? name + "." + extension() : name);
    }

    private String extension() {
        return compression == null ? format.extension() : format.extension() + "." + compression.extension();
    }

    /**
     * The folder that the files go to.
     *
     * @return an absolute path
     */
    Path folder() {
        return outputPath == null
                ? outputDirectory.toAbsolutePath()
                : outputPath.toAbsolutePath().getParent();
    }

    /** Gathers a configuration. For one thread. */
    public static final class Builder {
        private final Instant timestamp;
        private TableSelection tables = TableSelection.all();
        private ExportFormat format = ExportFormat.DEFAULT;
        private Path outputDirectory = Path.of("exports");
        private DateRange dateRange = DateRange.ALL;
        private String pumpSerial;
        private ColumnSelection columns = ColumnSelection.ALL;
        private Long rowLimit;
        private ExportCompression compression;
        private PartitionUnit partitionBy;
        private boolean fetchLatest;
        private boolean overwrite;
        private Path outputPath;

        private Builder(Instant timestamp) {
            this.timestamp = timestamp;
        }

        /**
         * Sets the tables.
         *
         * @param selection the tables
         * @return this
         */
        public Builder tables(TableSelection selection) {
            this.tables = selection;
            return this;
        }

        /**
         * Sets the kind of files.
         *
         * @param kind the format
         * @return this
         */
        public Builder format(ExportFormat kind) {
            this.format = kind;
            return this;
        }

        /**
         * Sets the folder.
         *
         * @param folder where the files go
         * @return this
         */
        public Builder outputDirectory(Path folder) {
            this.outputDirectory = folder;
            return this;
        }

        /**
         * Sets the days.
         *
         * @param days in UTC
         * @return this
         */
        public Builder dateRange(DateRange days) {
            this.dateRange = days;
            return this;
        }

        /**
         * Selects one pump.
         *
         * @param serial its serial number, or null for all pumps
         * @return this
         */
        public Builder pump(String serial) {
            this.pumpSerial = serial;
            return this;
        }

        /**
         * Sets the columns.
         *
         * @param selection the columns, and their order
         * @return this
         */
        public Builder columns(ColumnSelection selection) {
            this.columns = selection;
            return this;
        }

        /**
         * Sets how many rows of each table there are at most.
         *
         * @param rows the number, or null for all
         * @return this
         */
        public Builder rowLimit(Long rows) {
            this.rowLimit = rows;
            return this;
        }

        /**
         * Sets how files of text are packed.
         *
         * @param packing the compression, or null for none
         * @return this
         */
        public Builder compression(ExportCompression packing) {
            this.compression = packing;
            return this;
        }

        /**
         * Sets the stretch of time that has a folder of its own.
         *
         * @param unit the unit, or null for one file a table
         * @return this
         */
        public Builder partitionBy(PartitionUnit unit) {
            this.partitionBy = unit;
            return this;
        }

        /**
         * Says whether new data was to be fetched first.
         *
         * @param latest true if so
         * @return this
         */
        public Builder fetchLatest(boolean latest) {
            this.fetchLatest = latest;
            return this;
        }

        /**
         * Says whether files that exist are replaced.
         *
         * @param replace true if so
         * @return this
         */
        public Builder overwrite(boolean replace) {
            this.overwrite = replace;
            return this;
        }

        /**
         * Names the one file itself.
         *
         * @param file the file, or null for names in the folder
         * @return this
         */
        public Builder outputPath(Path file) {
            this.outputPath = file;
            return this;
        }

        /**
         * Checks and makes the configuration.
         *
         * @return the configuration
         * @throws ExportArgumentException as {@link ExportConfig} says
         */
        public ExportConfig build() {
            return new ExportConfig(
                    tables.tables(),
                    format,
                    outputDirectory,
                    dateRange,
                    pumpSerial,
                    columns,
                    rowLimit,
                    compression,
                    partitionBy,
                    fetchLatest,
                    overwrite,
                    outputPath,
                    timestamp);
        }
    }
}
