package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.HiddenFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.duckdb.DuckDBAppender;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ExportServiceTest {
    private static final Instant RUN = Instant.parse("2026-02-08T10:30:00Z");

    private final DatabaseOpener opener = new DatabaseOpener();
    private final ExportService service = new ExportService(opener);

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private Path file;
    private Path out;

    @BeforeAll
    static void write_the_histories_once() {
        AwkwardHistory.writeTo(shared.resolve("awkward.db"));
        new DatabaseOpener().openForWriting(shared.resolve("empty.db")).close();
    }

    @BeforeEach
    void name_the_places() {
        file = folder.resolve("tandem.db");
        out = folder.resolve("exports");
    }

    private void awkwardHistory() throws IOException {
        Files.copy(shared.resolve("awkward.db"), file);
    }

    private ExportSummary export(UnaryOperator<ExportConfig.Builder> asked) {
        return service.export(file, config(asked), ExportListener.NONE);
    }

    private ExportConfig config(UnaryOperator<ExportConfig.Builder> asked) {
        return asked.apply(ExportConfig.builder(RUN).outputDirectory(out)).build();
    }

    private static TableSelection only(PumpTable table) {
        return new TableSelection(List.of(table));
    }

    private List<Path> filesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    private static List<List<Object>> read(ExportedRows rows, ExportFormat format, Path from) throws IOException {
        return switch (format) {
            case PARQUET -> rows.parquet(from);
            case CSV -> rows.csv(from);
            case JSON -> rows.json(from);
            case JSONL -> rows.jsonLines(from);
        };
    }

    static Stream<Arguments> every_table_in_every_format() {
        return PumpTable.all().stream()
                .flatMap(table -> Stream.of(ExportFormat.values()).map(format -> Arguments.of(table, format)));
    }

    @ParameterizedTest
    @MethodSource("every_table_in_every_format")
    void what_is_read_back_equals_what_the_database_holds_in_time_order(PumpTable table, ExportFormat format)
            throws IOException {
        awkwardHistory();

        ExportSummary summary = export(c -> c.tables(only(table)).format(format));

        Path exported = out.resolve(table.tableName() + "_20260208_103000." + format.extension());
        ExportResult result = summary.results().get(0);
        assertThat(result.error()).isNull();
        assertThat(result.outputPath()).isEqualTo(exported);
        assertThat(result.rowsExported()).isEqualTo(AwkwardHistory.ROWS);
        assertThat(result.fileSizeBytes()).isEqualTo(Files.size(exported)).isPositive();
        assertThat(filesIn(out)).containsExactly(exported);
        try (Database database = opener.openForReading(file)) {
            ExportedRows rows = new ExportedRows(database, table);
            assertThat(read(rows, format, exported))
                    .isEqualTo(rows.query("SELECT * FROM " + table.tableName() + " ORDER BY " + table.timeColumn()
                            + " NULLS LAST, id"));
        }
    }

    @ParameterizedTest
    @MethodSource("every_table_in_every_format")
    void an_empty_table_gives_a_valid_empty_file(PumpTable table, ExportFormat format) throws IOException {
        Files.copy(shared.resolve("empty.db"), file);

        ExportSummary summary = export(c -> c.tables(only(table)).format(format));

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        Path exported = summary.results().get(0).outputPath();
        try (Database database = opener.openForReading(file)) {
            ExportedRows rows = new ExportedRows(database, table);
            assertThat(read(rows, format, exported)).isEmpty();
            if (format == ExportFormat.PARQUET) {
                assertThat(parquetColumns(database, exported)).isEqualTo(rows.columnNames());
            }
        }
        if (format == ExportFormat.JSON) {
            assertThat(Files.readString(exported)).isEqualTo("[]\n");
        }
        if (format == ExportFormat.JSONL) {
            assertThat(exported).isEmptyFile();
        }
    }

    private static List<String> parquetColumns(Database database, Path exported) {
        List<String> names = new ArrayList<>();
        database.forEach(
                "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet('" + exported + "'))",
                row -> names.add(row.getString(1)));
        return names;
    }

    @Test
    void parquet_holds_utc_adjusted_times_and_json_as_text_in_zstd() throws IOException {
        awkwardHistory();

        Path exported = export(c -> c.tables(only(PumpTable.RAW_EVENTS)))
                .results()
                .get(0)
                .outputPath();

        try (Database database = opener.openForReading(file)) {
            List<String> types = new ArrayList<>();
            database.forEach(
                    "SELECT concat_ws(' ', name, type, converted_type, logical_type) FROM parquet_schema('" + exported
                            + "')"
                            + " WHERE name IN ('event_timestamp', 'pump_timestamp', 'raw_event_data') ORDER BY name",
                    row -> types.add(row.getString(1)));
            assertThat(types).hasSize(3);
            assertThat(types.get(0)).contains("event_timestamp", "isAdjustedToUTC=1", "MICROS");
            assertThat(types.get(1)).contains("pump_timestamp", "isAdjustedToUTC=0", "MICROS");
            assertThat(types.get(2)).contains("raw_event_data", "UTF8").doesNotContain("JSON");
            assertThat(database.first(
                            "SELECT string_agg(DISTINCT compression) FROM parquet_metadata('" + exported + "')",
                            row -> row.getString(1)))
                    .contains("ZSTD");
        }
    }

    @Test
    void csv_looks_as_the_standard_and_the_contract_say() throws IOException {
        try (Database database = opener.openForWriting(file)) {
            database.execute("INSERT INTO raw_events VALUES (1, '', '2026-02-08 11:30:00.123456+01', '{\"a\": \"b\"}',"
                    + " 0, 5, 399, '2026-02-08 10:30:00', 'x,y', '2026-02-08 12:00:00+00'),"
                    + " (2, 'p', NULL, '12', 0, 6, 399, NULL, 'z', '2026-02-08 12:00:00+00')");
        }

        Path exported = export(c -> c.tables(only(PumpTable.RAW_EVENTS)).format(ExportFormat.CSV))
                .results()
                .get(0)
                .outputPath();

        assertThat(Files.readString(exported)).isEqualTo("""
                id,pump_serial,event_timestamp,"raw_event_data",sequence_group,sequence_number,event_code,\
                pump_timestamp,device_assignment_id,fetched_at
                1,"",2026-02-08T10:30:00.123456+00:00,"{""a"": ""b""}",0,5,399,2026-02-08T10:30:00.000000,"x,y",\
                2026-02-08T12:00:00.000000+00:00
                2,p,,"12",0,6,399,,z,2026-02-08T12:00:00.000000+00:00
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"JSON", "JSONL"})
    void json_never_holds_what_is_not_a_number(ExportFormat format) throws IOException {
        try (Database database = opener.openForWriting(file)) {
            database.execute("INSERT INTO raw_events SELECT range, 'p', now(), '{}', 0, range, 1, NULL, 'a', now()"
                    + " FROM range(3)");
            database.execute("INSERT INTO events SELECT range, range, now(), now(), 1, 'E', '{}', 'p', NULL, 'z', 0,"
                    + " range FROM range(3)");
            database.execute("INSERT INTO cgm_readings SELECT range, range, now(), 100, 's', 100,"
                    + " CASE range WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' ELSE '-inf' END::DOUBLE, false, 'G7', 'p',"
                    + " NULL, 'z' FROM range(3)");
        }

        Path exported = export(
                        c -> c.tables(only(PumpTable.named("cgm_readings").orElseThrow()))
                                .format(format))
                .results()
                .get(0)
                .outputPath();

        assertThat(Files.readString(exported))
                .doesNotContainIgnoringCase("nan", "inf")
                .contains("\"rate_of_change\":null");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-08, 2026-02-08, 4",
        "2026-02-08,           , 5",
        ",           2026-02-07, 2",
        "2026-02-10,           , 0",
        "0001-01-01, 9999-12-31, 7",
        ",                     , 8"
    })
    void days_are_inclusive_and_in_utc(String start, String end, long rows) throws IOException {
        awkwardHistory();

        ExportSummary summary = export(c -> c.dateRange(DateRange.parse(start, end)));

        assertThat(summary.results())
                .allSatisfy(result -> assertThat(result.rowsExported()).isEqualTo(rows));
        assertThat(summary.totalRows()).isEqualTo(4 * rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with blank",
                "q'uo\"te",
                "100%20 %s",
                "\u00fcml\u00e4ut \uD83E\uDE78",
                "star*?[a]{x,y}{uuid}",
                "new\nline",
                "back\\slash",
                "day=1",
                "~",
                "-o",
                "x.gz"
            })
    void any_folder_name_will_do(String name) throws IOException {
        awkwardHistory();
        Path odd = out.resolve(name);

        for (ExportFormat format : ExportFormat.values()) {
            ExportSummary summary = export(c -> c.outputDirectory(odd).format(format));
            assertThat(summary.exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        }

        assertThat(filesIn(odd)).hasSize(16);
        assertThat(odd.resolve("events_20260208_103000.csv"))
                .content()
                .startsWith("id,")
                .endsWith("\n");
    }

    @Test
    void one_table_may_go_to_a_file_of_any_name_in_a_folder_that_is_made() throws IOException {
        awkwardHistory();
        Path mine = folder.resolve("new").resolve("my 'events'.csv.gz");

        ExportSummary summary = export(
                c -> c.tables(only(PumpTable.EVENTS)).format(ExportFormat.CSV).outputPath(mine));

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(mine).content().startsWith("id,");
        assertThat(filesIn(mine.getParent())).containsExactly(mine);
        assertThat(out).doesNotExist();
    }

    @Test
    void an_existing_file_stays_and_the_other_tables_are_exported() throws IOException {
        awkwardHistory();
        Files.createDirectory(out);
        Path existing = Files.writeString(out.resolve("events_20260208_103000.parquet"), "mine");

        ExportSummary summary = export(c -> c);

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.PARTIAL_SUCCESS);
        assertThat(summary.successCount()).isEqualTo(3);
        assertThat(summary.results().get(1).error()).contains(existing.toString(), "--overwrite");
        assertThat(existing).hasContent("mine");
        assertThat(filesIn(out)).hasSize(PumpTable.all().size());
    }

    @Test
    void overwriting_replaces_what_is_there() throws IOException {
        awkwardHistory();
        Files.createDirectory(out);
        Path existing = Files.writeString(out.resolve("events_20260208_103000.csv"), "mine");

        ExportSummary summary = export(c -> c.overwrite(true).format(ExportFormat.CSV));

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(existing).content().startsWith("id,");
        assertThat(filesIn(out)).hasSize(PumpTable.all().size());
    }

    @Test
    void the_files_that_would_be_replaced_are_known_beforehand() throws IOException {
        Files.createDirectory(out);
        Path existing = Files.createFile(out.resolve("cgm_readings_20260208_103000.parquet"));

        assertThat(service.existingFiles(config(c -> c))).containsExactly(existing);
    }

    @Test
    void a_file_that_appears_meanwhile_is_not_replaced() throws IOException {
        awkwardHistory();
        Path target = out.resolve("events_20260208_103000.parquet");
        ExportListener rival = new ExportListener() {
            @Override
            public void started(ExportOperation operation, long rows) {
                try {
                    Files.writeString(target, "a rival's");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };

        ExportSummary summary = service.export(file, config(c -> c.tables(only(PumpTable.EVENTS))), rival);

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
        assertThat(target).hasContent("a rival's");
        assertThat(filesIn(out)).containsExactly(target);
    }

    @Test
    void a_table_that_cannot_be_written_leaves_no_file_and_the_others_are_exported() throws IOException {
        awkwardHistory();
        try (Database database = opener.openForWriting(file)) {
            database.execute("ALTER TABLE basal_deliveries RENAME COLUMN timestamp TO something");
        }

        ExportSummary summary = export(c -> c.format(ExportFormat.JSON));

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.PARTIAL_SUCCESS);
        ExportResult failed = summary.results().get(3);
        assertThat(failed.success()).isFalse();
        assertThat(failed.rowsExported()).isZero();
        assertThat(failed.error()).contains("timestamp");
        assertThat(filesIn(out)).hasSize(3).doesNotContain(failed.outputPath());
    }

    @Test
    void the_listener_follows_every_table() throws IOException {
        awkwardHistory();
        List<String> heard = new ArrayList<>();
        ExportListener listener = new ExportListener() {
            @Override
            public void started(ExportOperation operation, long rows) {
                heard.add("started " + operation.table().tableName() + " " + rows);
            }

            @Override
            public void finished(ExportResult result) {
                heard.add("finished " + result.table() + " " + result.rowsExported());
            }
        };

        service.export(file, config(c -> c.tables(TableSelection.named(List.of("events", "raw_events")))), listener);

        assertThat(heard)
                .containsExactly(
                        "started events 8", "finished events 8", "started raw_events 8", "finished raw_events 8");
    }

    @Test
    void without_a_database_nothing_is_made() {
        assertThatThrownBy(() -> export(c -> c))
                .asInstanceOf(InstanceOfAssertFactories.type(DatabaseException.class))
                .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND));
        assertThat(out).doesNotExist();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_table_that_is_not_there_yet_stops_the_export_before_anything_is_written() {
        try (Database database = opener.openForWriting(file)) {
            database.execute("DROP TABLE basal_deliveries");
        }

        assertThatThrownBy(() -> export(c -> c))
                .asInstanceOf(InstanceOfAssertFactories.type(ExportException.class))
                .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND));
        assertThat(out).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        awkwardHistory();
        Files.writeString(out, "a file where the folder should be");

        assertThatThrownBy(() -> export(c -> c))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(out.toString());
    }

    @Test
    void a_folder_of_the_kernel_that_takes_no_files_is_no_place_to_export_to() throws IOException {
        awkwardHistory();

        assertThatThrownBy(() -> export(c -> c.outputDirectory(Path.of("/proc/tandem"))))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("/proc/tandem");
    }

    @Test
    void a_database_in_a_folder_that_may_only_be_read_is_exported() throws IOException {
        Path sealed = Files.createDirectory(folder.resolve("sealed"));
        file = sealed.resolve("tandem.db");
        awkwardHistory();
        Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("r-x------"));
        try {
            assertThat(export(c -> c).exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        } finally {
            Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void oneRawEvent(String json) {
        try (Database database = opener.openForWriting(file)) {
            database.update("INSERT INTO raw_events VALUES (1, 'p', now(), ?, 0, 5, 399, NULL, 'x', now())", json);
        }
    }

    private Path exportStoredJson(ExportFormat format) {
        return export(c -> c.tables(only(PumpTable.RAW_EVENTS))
                        .format(format)
                        .columns(ColumnSelection.named(List.of("raw_event_data"))))
                .results()
                .get(0)
                .outputPath();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"JSON", "JSONL"})
    void what_is_nested_in_stored_json_becomes_json_that_every_reader_takes(ExportFormat format) throws IOException {
        oneRawEvent("{\"a\":NaN,\"b\":[-Infinity,nan,1,],\r\n \"t\":\"NaN, \\\"inf\\\",]\"}");

        Path exported = exportStoredJson(format);

        assertThat(Files.readString(exported))
                .contains("{\"raw_event_data\":{\"a\":null,\"b\":[null,null,1],  \"t\":\"NaN, \\\"inf\\\",]\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "NaN; null",
                "-inf; null",
                "[nan]; [null]",
                "[1,Infinity]; [1,null]",
                "[ NaN ]; [ null ]",
                "{\"a\":NAN}; {\"a\":null}",
                "`{\"a\": -Infinity, \"b\":[1,\tinf]}`; `{\"a\": null, \"b\":[1,\tnull]}`",
                "`{\"egvInfo\":\"nan\",\"Nan\":[\": NaN\"]}`; `{\"egvInfo\":\"nan\",\"Nan\":[\": NaN\"]}`"
            })
    void what_is_no_number_is_found_wherever_it_stands(String stored, String written) throws IOException {
        oneRawEvent(stored);

        Path exported = exportStoredJson(ExportFormat.JSONL);

        assertThat(Files.readString(exported)).isEqualTo("{\"raw_event_data\":" + written + "}\n");
    }

    @Test
    void every_spelling_of_what_is_no_number_is_found_at_every_place() throws IOException {
        List<String> places =
                List.of("%s", "-%s", "[%s]", "[1,%s]", "[1, %s]", "[%s ]", "{\"a\":%s}", "{\"a\":-%s,\"b\":1}");
        List<String> stored = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String place : places) {
            Stream.of("nan", "inf", "infinity")
                    .flatMap(ExportServiceTest::spellings)
                    .forEach(word -> {
                        stored.add(place.formatted(word));
                        expected.add(
                                "{\"raw_event_data\":" + place.replace("-", "").formatted("null") + "}");
                    });
        }
        try (Database database = opener.openForWriting(file)) {
            for (int i = 0; i < stored.size(); i++) {
                database.update(
                        "INSERT INTO raw_events VALUES (?, 'p', '2026-01-01', ?, 0, ?, 399, NULL, 'x', now())",
                        i,
                        stored.get(i),
                        i);
            }
        }

        Path exported = exportStoredJson(ExportFormat.JSONL);

        assertThat(Files.readAllLines(exported)).isEqualTo(expected);
    }

    /** A word in every mixture of small letters and capitals. */
    private static Stream<String> spellings(String word) {
        return IntStream.range(0, 1 << word.length()).mapToObj(capitals -> IntStream.range(0, word.length())
                .mapToObj(i -> (capitals >> i & 1) == 1
                        ? word.substring(i, i + 1).toUpperCase(Locale.ROOT)
                        : word.substring(i, i + 1))
                .collect(Collectors.joining()));
    }

    @Test
    void numbers_in_stored_json_keep_every_digit() throws IOException {
        String numbers = "{\"i\":123456789012345678901234567890,\"n\":-9223372036854775809,\"u\":18446744073709551616,"
                + "\"d\":0.1000000000000000055511151231257827,\"z\":1.10,\"e\":1E5,\"m\":-0.0,\"h\":1e400}";
        oneRawEvent(numbers);

        for (ExportFormat format : List.of(ExportFormat.JSON, ExportFormat.JSONL)) {
            Path exported = export(c -> c.tables(only(PumpTable.RAW_EVENTS)).format(format))
                    .results()
                    .get(0)
                    .outputPath();
            assertThat(exported).content().contains("\"raw_event_data\":" + numbers + ",");
        }
    }

    @Test
    void text_in_a_json_column_that_is_no_json_stands_as_text() throws Exception {
        try (Database database = opener.openForWriting(file)) {
            database.work(connection -> {
                try (DuckDBAppender appender = connection.createAppender("main", "raw_events")) {
                    appender.beginRow()
                            .append(1L)
                            .append("p")
                            .appendNull()
                            .append("{\"half")
                            .append(0L)
                            .append(5L);
                    appender.append(399).appendNull().append("x").append(OffsetDateTime.now());
                    appender.endRow();
                    appender.flush();
                }
                return null;
            });
        }

        Path exported = export(c -> c.tables(only(PumpTable.RAW_EVENTS)).format(ExportFormat.JSONL))
                .results()
                .get(0)
                .outputPath();

        assertThat(exported).content().contains("\"raw_event_data\":\"{\\\"half\",");
    }

    @ParameterizedTest
    @EnumSource
    void columns_are_exported_in_the_order_in_which_they_are_named(ExportFormat format) throws IOException {
        awkwardHistory();

        Path exported = export(
                        c -> c.tables(only(PumpTable.named("cgm_readings").orElseThrow()))
                                .format(format)
                                .columns(ColumnSelection.named(List.of("cgm_reading", "id", "cgm_reading"))))
                .results()
                .get(0)
                .outputPath();

        try (Database database = opener.openForReading(file)) {
            switch (format) {
                case PARQUET -> assertThat(parquetColumns(database, exported)).containsExactly("cgm_reading", "id");
                case CSV -> assertThat(exported).content().startsWith("cgm_reading,id\n");
                default -> assertThat(exported).content().contains("{\"cgm_reading\":");
            }
        }
    }

    @Test
    void a_column_that_a_table_does_not_have_is_refused_before_anything_is_written() throws IOException {
        awkwardHistory();
        ExportConfig config = config(c -> c.tables(TableSelection.named(List.of("events", "cgm_readings")))
                .columns(ColumnSelection.named(List.of("id", "evnt_name"))));

        assertThatThrownBy(() -> service.export(file, config, ExportListener.NONE))
                .isInstanceOfSatisfying(ExportArgumentException.class, e -> {
                    assertThat(e.getMessage()).contains("'events'", "'evnt_name'");
                    assertThat(e.remedy()).contains("event_name");
                });
        assertThatThrownBy(() -> service.checkColumns(file, config)).isInstanceOf(ExportArgumentException.class);
        assertThat(out).doesNotExist();
        service.checkColumns(folder.resolve("not-yet.db"), config);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "100, 8"})
    void a_limit_takes_the_earliest_rows(long limit, long rows) throws IOException {
        awkwardHistory();

        ExportResult result = export(c -> c.tables(only(PumpTable.EVENTS)).rowLimit(limit))
                .results()
                .get(0);

        assertThat(result.rowsExported()).isEqualTo(rows);
        try (Database database = opener.openForReading(file)) {
            ExportedRows events = new ExportedRows(database, PumpTable.EVENTS);
            assertThat(events.parquet(result.outputPath()))
                    .isEqualTo(events.query("SELECT * FROM events ORDER BY timestamp NULLS LAST, id LIMIT " + limit));
        }
    }

    static Stream<Arguments> every_text_format_in_every_packing() {
        return Stream.of(ExportFormat.CSV, ExportFormat.JSON, ExportFormat.JSONL)
                .flatMap(format -> Stream.of(ExportCompression.values()).map(packing -> Arguments.of(format, packing)));
    }

    @ParameterizedTest
    @MethodSource("every_text_format_in_every_packing")
    void a_packed_file_holds_what_the_plain_one_does(ExportFormat format, ExportCompression packing) throws Exception {
        for (String history : List.of("awkward.db", "empty.db")) {
            Files.copy(shared.resolve(history), file);

            Path plain = export(c -> c.tables(only(PumpTable.EVENTS)).format(format))
                    .results()
                    .get(0)
                    .outputPath();
            Path packed = export(
                            c -> c.tables(only(PumpTable.EVENTS)).format(format).compression(packing))
                    .results()
                    .get(0)
                    .outputPath();

            assertThat(packed.getFileName().toString()).endsWith(format.extension() + "." + packing.extension());
            if (packing == ExportCompression.GZIP) {
                try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo(Files.readString(plain));
                }
            }
            assertThat(lines(packed, packing.compressionName())).isEqualTo(lines(plain, "none"));
            Files.delete(file);
            Files.delete(plain);
            Files.delete(packed);
        }
    }

    private List<String> lines(Path text, String packing) {
        List<String> lines = new ArrayList<>();
        try (Database database = opener.openForReading(file)) {
            database.forEach(
                    "SELECT line FROM read_csv('" + text + "', header = false, columns = {'line': 'VARCHAR'},"
                            + " auto_detect = false, strict_mode = false, delim = E'\\x01', quote = '', escape = '', compression = '"
                            + packing
                            + "')",
                    row -> lines.add(row.getString(1)));
        }
        return lines;
    }

    private List<String> partsOf(Path place) throws IOException {
        try (Stream<Path> tree = Files.walk(place)) {
            return tree.filter(Files::isRegularFile)
                    .map(path -> place.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"YEAR, 3", "MONTH, 3", "DAY, 5"})
    void parts_lie_in_folders_that_are_read_as_one_table(PartitionUnit unit, int parts) throws IOException {
        awkwardHistory();

        ExportResult result = export(c -> c.tables(only(PumpTable.EVENTS)).partitionBy(unit))
                .results()
                .get(0);

        assertThat(result.error()).isNull();
        assertThat(result.outputPath()).isEqualTo(out.resolve("events_20260208_103000"));
        assertThat(filesIn(out)).containsExactly(result.outputPath());
        assertThat(result.rowsExported()).isEqualTo(AwkwardHistory.ROWS);
        assertThat(partsOf(result.outputPath()))
                .hasSize(parts)
                .contains(
                        switch (unit) {
                            case YEAR -> "year=2026/events.parquet";
                            case MONTH -> "year=2026/month=2/events.parquet";
                            case DAY -> "year=2026/month=2/day=7/events.parquet";
                        });
        try (Database database = opener.openForReading(file)) {
            ExportedRows rows = new ExportedRows(database, PumpTable.EVENTS);
            String order = " ORDER BY timestamp NULLS LAST, id";
            assertThat(rows.query("SELECT * FROM read_parquet('" + result.outputPath()
                            + "/**/*.parquet', hive_partitioning = true) WHERE year IS NULL OR year = year(timestamp)"
                            + order))
                    .isEqualTo(rows.query("SELECT * FROM events" + order));
        }
    }

    @Test
    void parts_keep_to_days_and_limit_and_an_empty_table_keeps_its_schema() throws IOException {
        awkwardHistory();

        ExportResult some = export(c -> c.tables(only(PumpTable.EVENTS))
                        .partitionBy(PartitionUnit.DAY)
                        .dateRange(DateRange.parse("2026-02-07", "2026-02-08"))
                        .rowLimit(3L))
                .results()
                .get(0);
        ExportResult none = export(
                        c -> c.tables(only(PumpTable.named("cgm_readings").orElseThrow()))
                                .partitionBy(PartitionUnit.YEAR)
                                .dateRange(DateRange.parse("2000-02-07", "2000-02-08")))
                .results()
                .get(0);

        assertThat(some.rowsExported()).isEqualTo(3);
        assertThat(partsOf(some.outputPath()))
                .containsExactly("year=2026/month=2/day=7/events.parquet", "year=2026/month=2/day=8/events.parquet");
        assertThat(none.rowsExported()).isZero();
        try (Database database = opener.openForReading(file)) {
            assertThat(parquetColumns(database, none.outputPath().resolve("cgm_readings.parquet")))
                    .containsSequence(new ExportedRows(
                                    database, PumpTable.named("cgm_readings").orElseThrow())
                            .columnNames());
        }
    }

    @Test
    void parts_replace_earlier_parts_but_never_a_folder_of_anything_else() throws IOException {
        awkwardHistory();
        Path parts = folder.resolve("parts");
        UnaryOperator<ExportConfig.Builder> asked = c ->
                c.tables(only(PumpTable.EVENTS)).partitionBy(PartitionUnit.YEAR).outputPath(parts);
        assertThat(export(asked).exitStatus()).isEqualTo(ExitStatus.SUCCESS);

        assertThat(export(asked).results().get(0).error()).contains("--overwrite");
        assertThat(export(c -> asked.apply(c).overwrite(true).dateRange(DateRange.parse("2026-01-01", null)))
                        .exitStatus())
                .isEqualTo(ExitStatus.SUCCESS);
        assertThat(partsOf(parts)).containsExactly("year=2026/events.parquet");

        Files.writeString(parts.resolve("notes.txt"), "mine");
        assertThat(export(c -> asked.apply(c).overwrite(true)).results().get(0).error())
                .contains("not an export in parts");
        assertThat(parts.resolve("notes.txt")).hasContent("mine");
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, parts);
    }

    @Test
    void a_stream_gets_the_whole_table_and_no_file_is_left() throws IOException {
        awkwardHistory();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ExportConfig config = config(c ->
                c.tables(only(PumpTable.EVENTS)).format(ExportFormat.CSV).outputPath(ExportConfig.STANDARD_OUTPUT));

        ExportSummary summary = service.stream(file, config, stream, folder, ExportListener.NONE);

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        Path same = export(c -> c.tables(only(PumpTable.EVENTS)).format(ExportFormat.CSV))
                .results()
                .get(0)
                .outputPath();
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(same));
        assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, out);
    }

    @Test
    void a_stream_that_takes_no_more_is_told_apart_from_a_table_that_failed() throws IOException {
        awkwardHistory();
        ExportConfig config = config(c ->
                c.tables(only(PumpTable.EVENTS)).format(ExportFormat.CSV).outputPath(ExportConfig.STANDARD_OUTPUT));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatThrownBy(() -> service.stream(file, config, closed, folder, ExportListener.NONE))
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.code()).isEqualTo(ExportException.STREAM_CLOSED));
        assertThat(filesIn(folder)).containsExactly(file);
    }

    @Test
    void a_plan_tells_rows_and_files_and_touches_nothing() throws IOException {
        awkwardHistory();
        byte[] before = Files.readAllBytes(file);

        ExportPlan plan = service.plan(file, config(c -> c.dateRange(DateRange.parse("2026-02-08", "2026-02-08"))
                .rowLimit(3L)));

        assertThat(plan.files()).hasSize(PumpTable.all().size()).allSatisfy(planned -> {
            assertThat(planned.rows()).isEqualTo(3);
            assertThat(planned.exists()).isFalse();
            assertThat(planned.table().rowCount()).isEqualTo(AwkwardHistory.ROWS);
            assertThat(planned.table().firstTimestamp()).isEqualTo(Instant.parse("1999-12-31T23:00:00.5Z"));
            assertThat(planned.table().schema()).containsEntry("id", "BIGINT");
        });
        assertThat(plan.totalRows()).isEqualTo(12);
        assertThat(filesIn(folder)).containsExactly(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_plan_that_cannot_be_carried_out_is_refused() throws IOException {
        awkwardHistory();

        assertThatThrownBy(() -> service.plan(file, config(c -> c.outputDirectory(file.resolve("x")))))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> service.plan(folder.resolve("none.db"), config(c -> c)))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void what_vanishes_while_it_is_written_is_one_tables_failure() throws IOException {
        awkwardHistory();
        ExportListener thief = new ExportListener() {
            @Override
            public void started(ExportOperation operation, long rows) {
                if (operation.table() == PumpTable.EVENTS) {
                    try {
                        for (Path hidden : filesIn(out)) {
                            if (hidden.getFileName().toString().startsWith(".tandem-")) {
                                HiddenFolder.removeTree(hidden);
                            }
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        };

        ExportSummary summary = service.export(file, config(c -> c.format(ExportFormat.CSV)), thief);

        assertThat(summary.exitStatus()).isEqualTo(ExitStatus.PARTIAL_SUCCESS);
        assertThat(summary.results())
                .filteredOn(result -> !result.success())
                .singleElement()
                .satisfies(result -> assertThat(result.error()).contains("events_20260208_103000.csv", "--output-dir"));
        assertThat(filesIn(out)).hasSize(3);
    }

    @Test
    void the_disk_is_full_for_one_table_and_the_others_are_exported() throws Exception {
        awkwardHistory();
        try (Database database = opener.openForWriting(file)) {
            database.execute("INSERT INTO raw_events SELECT range + 100, 'p', now(), '{\"a\":\"'"
                    + " || md5(range::VARCHAR) || '\"}', 7, range, 399, NULL, 'x', now() FROM range(60000)");
        }
        Path small = Files.createDirectory(folder.resolve("small disk"));
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", small.toString())
                                .start()
                                .waitFor()
                        == 0,
                "NOT TESTED: a full disk needs the right to mount a small one");
        try {
            for (ExportFormat format : ExportFormat.values()) {
                Path place = small.resolve(format.extension());
                ExportSummary summary = export(c -> c.outputDirectory(place).format(format));

                assertThat(summary.exitStatus()).isEqualTo(ExitStatus.PARTIAL_SUCCESS);
                assertThat(summary.results().get(0).error())
                        .contains("The disk is full", "raw_events_20260208_103000." + format.extension());
                assertThat(summary.successCount()).isEqualTo(3);
                assertThat(filesIn(place)).hasSize(3);
            }
            new ProcessBuilder("mount", "-o", "remount,ro", small.toString())
                    .start()
                    .waitFor();
            assertThatThrownBy(() -> export(c -> c.outputDirectory(small)))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("small disk cannot be written to");
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    private void twoPumps() {
        try (Database database = opener.openForWriting(file)) {
            for (int i = 0; i < 3; i++) {
                database.update(
                        "INSERT INTO raw_events VALUES (?, ?, '2026-02-08 10:00:00+00', '{}', 0, ?, 399, NULL, 'a',"
                                + " now())",
                        i,
                        i == 0 ? "90000001" : "90000002",
                        i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void one_pump_has_only_its_own_rows_exported_and_planned(ExportFormat format) throws IOException {
        twoPumps();
        UnaryOperator<ExportConfig.Builder> asked = config ->
                config.tables(only(PumpTable.RAW_EVENTS)).format(format).pump("90000002");

        assertThat(service.plan(file, config(asked)).totalRows()).isEqualTo(2);
        assertThat(export(asked).totalRows()).isEqualTo(2);
        assertThat(filesIn(out)).singleElement().satisfies(written -> assertThat(
                        written.getFileName().toString())
                .isEqualTo("raw_events_20260208_103000." + format.extension()));
    }

    @Test
    void the_parts_of_one_pump_hold_only_its_own_rows() {
        twoPumps();

        assertThat(export(config -> config.tables(only(PumpTable.RAW_EVENTS))
                                .partitionBy(PartitionUnit.DAY)
                                .pump("90000001"))
                        .totalRows())
                .isEqualTo(1);
    }

    @Test
    void an_unknown_pump_is_refused_with_those_there_are_and_nothing_is_written() {
        twoPumps();

        assertThatThrownBy(() -> export(config -> config.pump("90000003")))
                .isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
                    assertThat(e.remedy()).contains("Did you mean", "90000001, 90000002");
                });
        assertThatThrownBy(() -> service.plan(file, config(config -> config.pump("123"))))
                .hasMessageContaining("'123'");
        assertThat(out).doesNotExist();
    }
}
