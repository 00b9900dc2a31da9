import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportResult;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.TableSelection;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Exports tables, and has the engine copy the same rows in the same order by itself, with its own defaults (all threads,
 * four fifths of the machine's memory), in turns. See export.sh.
 */
public final class ExportBenchmark {
    private static final int AT_ONCE = 500_000;

    public static void main(String[] args) throws Exception {
        Path database = Path.of(args[1]);
        if (args[0].equals("generate")) {
            generate(database, Long.parseLong(args[2]), args[3].equals("all"));
        } else {
            measure(database, Path.of(args[2]), Integer.parseInt(args[3]));
        }
    }

    private static void measure(Path database, Path folder, int runs) throws Exception {
        System.out.println("table format | tandem median max | bare COPY median max | ratio of medians");
        for (String table : List.of("raw_events", "cgm_readings")) {
            for (ExportFormat format : ExportFormat.values()) {
                List<Double> ours = new ArrayList<>();
                List<Double> bare = new ArrayList<>();
                for (int run = 0; run <= runs; run++) {
                    double own = export(database, folder, table, format);
                    double engine = copy(database, folder, table, format);
                    // The first is for the JVM and the disk cache to get warm.
                    if (run > 0) {
                        ours.add(own);
                        bare.add(engine);
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s %s | %.2f s %.2f s | %.2f s %.2f s | %.2f%n",
                        table,
                        format.extension(),
                        median(ours),
                        Collections.max(ours),
                        median(bare),
                        Collections.max(bare),
                        median(ours) / median(bare));
            }
        }
    }

    private static double export(Path database, Path folder, String table, ExportFormat format) throws Exception {
        ExportConfig config = ExportConfig.builder(Instant.now())
                .tables(TableSelection.named(List.of(table)))
                .format(format)
                .dateRange(DateRange.ALL)
                .outputDirectory(folder)
                .overwrite(true)
                .build();
        ExportResult result = new ExportService(new DatabaseOpener())
                .export(database, config, ExportListener.NONE)
                .results()
                .get(0);
        if (!result.success()) {
            throw new IllegalStateException(result.error());
        }
        Files.delete(result.outputPath());
        return result.duration();
    }

    private static double copy(Path database, Path folder, String table, ExportFormat format) throws Exception {
        Path file = folder.resolve("bare." + format.extension());
        String time = table.equals("raw_events") ? "event_timestamp" : "timestamp";
        String options =
                switch (format) {
                    case PARQUET -> "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000";
                    case CSV -> "FORMAT csv";
                    case JSON -> "FORMAT json, ARRAY true";
                    case JSONL -> "FORMAT json";
                };
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + database, properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            long begun = System.nanoTime();
            statement.execute("COPY (SELECT * FROM " + table + " ORDER BY " + time + " NULLS LAST, id) TO '" + file + "' ("
                    + options + ")");
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            Files.delete(file);
        }
    }

    /** Two pumps of one time, one stored after the other, as a first fetch does. */
    private static void generate(Path file, long rows, boolean readings) {
        long each = rows / 2;
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            database.execute("SET memory_limit = '4GB'");
            for (long from = 0; from < rows; from += AT_ONCE) {
                long to = Math.min(rows, from + AT_ONCE);
                database.execute(
                        """
                        INSERT INTO raw_events
                        SELECT i, CASE WHEN i < %1$d THEN '12345678' ELSE '87654321' END,
                            make_timestamptz(1672531200000000 + (i %% %1$d) * 60000000),
                            '{"pumpTimeStamp":"' || strftime(make_timestamp(1672531200000000 + (i %% %1$d) * 60000000),
                                '%%Y-%%m-%%dT%%H:%%M:%%S') || '","eventCode":' || (i %% 400) || ',"sequenceNumber":' || i
                                || ',"deviceAssignmentId":"0a1b2c3d-1234-4abc-9def-001122334455","eventProperties":{'
                                || '"commandedRate":' || (hash(i) %% 2000) || ',"iob":' || ((hash(i) %% 100000) / 10000.0)
                                || ',"profileBasalRate":850,"algorithmRate":' || (hash(i + 1) %% 1900) || ',"tempRate":65535}}',
                            0, i, i %% 400, make_timestamp(1672531200000000 + (i %% %1$d) * 60000000),
                            '0a1b2c3d-1234-4abc-9def-001122334455', now()
                        FROM range(%2$d, %3$d) numbers(i)
                        """.formatted(each, from, to));
            }
            if (readings) {
                database.execute("INSERT INTO events SELECT id, id, now(), event_timestamp, event_code, 'LID', '{}',"
                        + " pump_serial, pump_timestamp, 'zone_rule', sequence_group, id FROM raw_events");
                database.execute("INSERT INTO cgm_readings SELECT id, id, timestamp, 40 + id % 360, 'normal',"
                        + " 40 + id % 360, (id % 70 - 35) / 10.0, id % 50 = 0, 'G7', pump_serial, pump_timestamp,"
                        + " time_basis FROM events");
            }
        }
    }

    private static double median(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
