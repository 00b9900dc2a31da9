package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOrigin;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.export.ColumnSelection;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportArgumentException;
import io.github.tandemfetch.export.ExportCompression;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportConfigFile;
import io.github.tandemfetch.export.ExportFileSettings;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.export.FileNameFormat;
import io.github.tandemfetch.export.PartitionUnit;
import io.github.tandemfetch.export.TableSelection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what to export, and where to. Each goes before the configuration file. */
public class ExportOptions {
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-t", "--tables", "--table"},
            paramLabel = "TABLE",
            arity = "1..*",
            split = ",",
            completionCandidates = TableNames.class,
            description = "${COMPLETION-CANDIDATES}; several names, or the option several times." + " Default: all.")
    List<String> tables = new ArrayList<>();

    @Option(names = "--all", description = "Export all tables; overrides --tables.")
    boolean all;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            completionCandidates = FormatNames.class,
            description = "${COMPLETION-CANDIDATES}; default: by the extension of --output-path, else parquet.")
    String format;

    @Option(
            names = {"-o", "--output-dir"},
            paramLabel = "DIR",
            description = {
                "Output folder. TANDEM_EXPORT_DIR; default: exports/.",
                "-: one table to standard output, in a text format."
            })
    String outputDirectory;

    @Option(
            names = "--output-path",
            paramLabel = "FILE",
            description = "Output file, for one table. Its extension selects format and compression: .csv.gz.")
    Path outputPath;

    @Option(names = "--start-date", paramLabel = "DATE", description = "First day, UTC, YYYY-MM-DD.")
    String startDate;

    @Option(names = "--end-date", paramLabel = "DATE", description = "Last day, UTC, YYYY-MM-DD.")
    String endDate;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            split = ",",
            description = "Only these columns, in this order: a,b,c. Default: all.")
    List<String> columns = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            description = "Maximum number of rows of each table, earliest first.")
    Long limit;

    @Option(
            names = "--compress",
            paramLabel = "gzip|zstd",
            completionCandidates = CompressionNames.class,
            description = "Compress each file as a whole. Parquet files are compressed anyway.")
    String compress;

    @Option(
            names = "--partition-by",
            paramLabel = "year|month|day",
            completionCandidates = PartitionNames.class,
            description = "Write a folder of Parquet files by time: year=2026/month=2/day=8, days in UTC.")
    String partitionBy;

    @Option(
            names = "--overwrite",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Replace existing files.")
    Boolean overwrite;

    @ArgGroup
    FetchOptions fetchOptions = new FetchOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "TOML file with a table [export]; options take precedence.")
    Path configFile;

    /** Whether to fetch first. */
    static class FetchOptions {
        @Option(
                names = "--fetch-latest",
                arity = "0..1",
                fallbackValue = "true",
                paramLabel = "true|false",
                description = "Sync first. Default: true with credentials.")
        Boolean fetchLatest;

        @Option(names = "--no-fetch", description = "Do not sync first.")
        boolean noFetch;

        Boolean choice() {
            return noFetch ? Boolean.FALSE : fetchLatest;
        }
    }

    /** The folder for the settings, null where none is named. */
    String namedFolder() {
        return STANDARD_OUTPUT.equals(outputDirectory) ? null : outputDirectory;
    }

    ExportConfig config(Settings settings, Path workingFolder, Instant now) {
        ExportFileSettings file =
                configFile == null ? ExportFileSettings.NONE : new ExportConfigFile(configFile).read();
        if (outputPath != null && outputDirectory != null) {
            throw new ExportArgumentException(
                    "OUTPUT_CONTRADICTION",
                    "--output-path and --output-dir both say where the file goes.",
                    "Give one of them.");
        }
        FileNameFormat named = outputPath == null ? null : FileNameFormat.of(outputPath);
        ExportFormat kind = format(named, file);
        Boolean fetch = first(fetchOptions.choice(), file.fetchLatest(), settings.hasCredentials());
        return ExportConfig.builder(now)
                .tables(selection(file))
                .format(kind)
                .outputDirectory(folder(settings, file, workingFolder))
                .outputPath(STANDARD_OUTPUT.equals(outputDirectory) ? ExportConfig.STANDARD_OUTPUT : outputPath)
                .dateRange(
                        DateRange.parse(first(startDate, file.startDate(), null), first(endDate, file.endDate(), null)))
                .columns(
                        columns.isEmpty()
                                ? first(file.columns(), ColumnSelection.ALL, null)
                                : ColumnSelection.named(columns))
                .rowLimit(first(limit, file.rowLimit(), null))
                .pump(settings.pumpSerial().optional().orElse(null))
                .compression(compression(named, kind, file))
                .partitionBy(first(
                        parsed(partitionBy, PartitionUnit::parse),
                        suits(kind.canBePartitioned(), file.partitionBy()),
                        null))
                .fetchLatest(fetch)
                .overwrite(first(overwrite, file.overwrite(), false))
                .build();
    }

    private ExportFormat format(FileNameFormat named, ExportFileSettings file) {
        ExportFormat given = first(parsed(format, ExportFormat::parse), file.format(), null);
        boolean parts = partitionBy != null || file.partitionBy() != null;
        if (named == null || named.format() == null && parts) {
            return given == null ? ExportFormat.DEFAULT : given;
        }
        return named.formatFor(outputPath, given);
    }

    private ExportCompression compression(FileNameFormat named, ExportFormat kind, ExportFileSettings file) {
        ExportCompression given = first(
                parsed(compress, ExportCompression::parse),
                suits(!kind.isCompressedInside(), file.compression()),
                null);
        return named == null ? given : named.compressionFor(outputPath, given);
    }

    private TableSelection selection(ExportFileSettings file) {
        if (all) {
            return TableSelection.all();
        }
        return tables.isEmpty() ? first(file.tables(), TableSelection.all(), null) : TableSelection.named(tables);
    }

    // The environment goes before a file, and only a folder that nobody named gives way.
    private static Path folder(Settings settings, ExportFileSettings file, Path workingFolder) {
        boolean nobodyNamedOne = settings.exportDirectory().origin().kind() == SettingOrigin.Kind.DEFAULT;
        return nobodyNamedOne && file.outputDirectory() != null
                ? workingFolder.resolve(file.outputDirectory()).normalize()
                : settings.exportDirectory().value();
    }

    // What a file says for its own format says nothing about the format that an option chose instead.
    private <T> T suits(boolean formatSuits, T value) {
        return format == null || formatSuits ? value : null;
    }

    private static <T> T parsed(String text, Function<String, T> parser) {
        return text == null ? null : parser.apply(text);
    }

    private static <T> T first(T option, T fromFile, T otherwise) {
        if (option != null) {
            return option;
        }
        return fromFile == null ? otherwise : fromFile;
    }
}
