package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableExporterTest {
    private static final int ROWS = 150_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /** About 130 MB of rows, in no order of time. */
    @BeforeAll
    static void write_wide_rows() {
        try (Database database = new DatabaseOpener().openForWriting(shared.resolve("wide.db"))) {
            database.execute("INSERT INTO raw_events SELECT range, 'p',"
                    + " make_timestamptz((hash(range) % 2000000000000000)::BIGINT),"
                    + " '{\"a\":\"' || repeat(md5(range::VARCHAR), 25) || '\"}', 0, range, 399, NULL, 'a', now()"
                    + " FROM range(" + ROWS + ")");
        }
    }

    private List<ExportResult> exportWith(String setting, ExportFormat format) {
        List<ExportResult> results = new ArrayList<>();
        ExportConfig config = ExportConfig.builder(Instant.EPOCH)
                .tables(new TableSelection(List.of(PumpTable.RAW_EVENTS, PumpTable.EVENTS)))
                .format(format)
                .outputDirectory(folder)
                .build();
        try (Database database = new DatabaseOpener().openForReading(shared.resolve("wide.db"));
                WorkFolder work = new WorkFolders().createIn(folder)) {
            database.execute("SET temp_directory = '" + work.newFile() + "'");
            database.execute(setting);
            TableExporter exporter = new TableExporter(
                    database,
                    config,
                    ExportListener.NONE,
                    work,
                    new FilePublisher(false),
                    new SortingMemory(new GivenShare()));
            config.tables().forEach(table -> results.add(exporter.export(table)));
        }
        return results;
    }

    /** At this limit two or more threads run out of memory in every format, one does not. */
    @ParameterizedTest
    @EnumSource
    void rows_that_do_not_fit_into_memory_are_sorted_and_written_all_the_same(ExportFormat format) {
        ExportResult result = exportWith("SET memory_limit = '210MB'", format).get(0);

        assertThat(result.error()).isNull();
        assertThat(result.rowsExported()).isEqualTo(ROWS);
        if (format == ExportFormat.PARQUET) {
            try (Database database = new DatabaseOpener().openForReading(shared.resolve("wide.db"))) {
                assertThat(database.first(
                                "SELECT count(*) FROM (SELECT event_timestamp < lag(event_timestamp) OVER () AS back"
                                        + " FROM read_parquet('" + result.outputPath() + "')) WHERE back",
                                row -> row.getLong(1)))
                        .contains(0L);
            }
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/.tandem-*");
    }

    @Test
    void want_of_memory_in_one_table_is_told_and_does_not_stop_the_next() {
        List<ExportResult> results = exportWith("SET memory_limit = '20MB'", ExportFormat.CSV);

        assertThat(results.get(0).error()).contains("exceeds the memory limit", "fewer days");
        assertThat(results.get(1).error()).isNull();
        assertThat(folder).isDirectoryNotContaining("glob:**/raw_events*").isDirectoryNotContaining("glob:**/.tandem*");
    }

    @Test
    void want_of_room_for_sorting_is_told_as_a_full_disk() {
        List<ExportResult> results =
                exportWith("SET memory_limit = '110MB'; SET max_temp_directory_size = '1MB'", ExportFormat.PARQUET);

        assertThat(results.get(0).error()).contains("The disk is full", "raw_events_19700101_000000.parquet");
        assertThat(results.get(1).error()).isNull();
        assertThat(folder).isDirectoryNotContaining("glob:**/raw_events*").isDirectoryNotContaining("glob:**/.tandem*");
    }

    /** Leaves the limit as the test has set it. */
    private static final class GivenShare implements EngineShare {
        @Override
        public long megabytesToSpare() {
            return 0;
        }

        @Override
        public void take(long megabytes) {
            assertThat(megabytes).isEqualTo(EngineShare.SPARING);
        }
    }
}
