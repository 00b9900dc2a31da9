package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.tandemfetch.store.PumpTable;
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
 * @param fetchLatest whether new data was to be fetched first; the caller's business, kept for the summary
 * @param overwrite whether files that exist are replaced
 * @param outputPath the one file itself, instead of a name in the folder; null otherwise
 * @param timestamp when the run began, UTC; in the name of each of its files
 */
@RegisterForReflection
@JsonPropertyOrder({"tables", "format", "output_dir", "output_path", "fetch_latest", "overwrite", "timestamp"})
public record ExportConfig(
        @JsonProperty("tables") List<PumpTable> tables,
        @JsonProperty("format") ExportFormat format,

        @JsonProperty("output_dir") @JsonSerialize(using = PlainTextSerializer.class)
        Path outputDirectory,

        @JsonUnwrapped DateRange dateRange,
        @JsonProperty("fetch_latest") boolean fetchLatest,
        @JsonProperty("overwrite") boolean overwrite,

        @JsonProperty("output_path") @JsonSerialize(using = PlainTextSerializer.class)
        Path outputPath,

        @JsonProperty("timestamp") @JsonSerialize(using = PlainTextSerializer.class)
        Instant timestamp) {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /**
     * Checks what was asked for.
     *
     * @throws ExportArgumentException where no table is named, or one output file for several tables
     */
    public ExportConfig {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(outputDirectory, "outputDirectory");
        Objects.requireNonNull(dateRange, "dateRange");
        Objects.requireNonNull(timestamp, "timestamp");
        tables = tables.stream().distinct().toList();
        if (tables.isEmpty()) {
            throw new ExportArgumentException("NO_TABLE", "There is no table to export.", "Name at least one table.");
        }
        if (outputPath != null && tables.size() > 1) {
            throw new ExportArgumentException(
                    "ONE_FILE_FOR_SEVERAL_TABLES",
                    "--output-path names one file, but " + tables.size() + " tables are to be exported.",
                    "Name one table with --table, or a folder with --output-dir.");
        }
        if (outputPath != null && outputPath.getFileName() == null) {
            throw new ExportArgumentException(
                    "NOT_A_FILE", "--output-path " + outputPath + " is not a file's name.", "Name a file.");
        }
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
     * Where the file of a table goes.
     *
     * @param table one of the tables
     * @return {@code {table}_{YYYYMMDD_HHMMSS}.{ext}} in the folder, or the one output file
     */
    public Path fileOf(PumpTable table) {
        if (outputPath != null) {
            return outputPath;
        }
        String name = table.tableName() + "_" + FILE_TIME.format(timestamp) + "." + format.extension();
        return outputDirectory.resolve(name);
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
        private ExportFormat format = ExportFormat.PARQUET;
        private Path outputDirectory = Path.of("exports");
        private DateRange dateRange = DateRange.ALL;
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
                    tables.tables(), format, outputDirectory, dateRange, fetchLatest, overwrite, outputPath, timestamp);
        }
    }
}
