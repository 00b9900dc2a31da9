package io.github.tandemfetch.store;

import io.github.tandemfetch.clock.ClockZoneTable;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.history.RawEventTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DatabaseOpenerTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    @Test
    void a_new_file_gets_its_folder_and_its_tables() {
        Path file = folder.resolve("new folder/ünï'cöde.db");

        try (Database database = opener.openForWriting(file)) {
            TableCatalog catalog = new TableCatalog(database);
            for (PumpTable table : PumpTable.all()) {
                assertThat(catalog.exists(table)).as(table.tableName()).isTrue();
                assertThat(catalog.extent(table)).isEqualTo(new TableCatalog.Extent(0, null, null));
            }
        }
        assertThat(file).isRegularFile();
    }

    @Test
    void the_tables_begin_with_the_columns_that_are_promised() {
        try (Database database = opener.openForWriting(folder.resolve("tandem.db"))) {
            TableCatalog catalog = new TableCatalog(database);
            assertThat(columns(catalog, PumpTable.RAW_EVENTS))
                    .startsWith(
                            "id BIGINT",
                            "pump_serial VARCHAR",
                            "event_timestamp TIMESTAMP WITH TIME ZONE",
                            "raw_event_data JSON");
            assertThat(columns(catalog, PumpTable.EVENTS))
                    .startsWith(
                            "id BIGINT",
                            "raw_events_id BIGINT",
                            "created TIMESTAMP WITH TIME ZONE",
                            "timestamp TIMESTAMP WITH TIME ZONE",
                            "event_id INTEGER",
                            "event_name VARCHAR",
                            "event_data JSON");
            assertThat(columns(catalog, PumpTable.named("cgm_readings").orElseThrow()))
                    .startsWith(
                            "id BIGINT",
                            "events_id BIGINT",
                            "timestamp TIMESTAMP WITH TIME ZONE",
                            "cgm_reading INTEGER");
            assertThat(columns(catalog, PumpTable.named("basal_deliveries").orElseThrow()))
                    .startsWith(
                            "id BIGINT",
                            "events_id BIGINT",
                            "timestamp TIMESTAMP WITH TIME ZONE",
                            "profile_basal_rate INTEGER",
                            "algorithm_basal_rate INTEGER",
                            "temp_basal_rate INTEGER");
        }
    }

    private static List<String> columns(TableCatalog catalog, PumpTable table) {
        return catalog.columns(table).stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    @Test
    void times_of_a_session_are_utc_and_no_extension_is_ever_loaded_by_itself() {
        try (Database database = opener.openForWriting(folder.resolve("tandem.db"))) {
            List<String> settings = new ArrayList<>();
            database.forEach("""
                    SELECT name || '=' || value FROM duckdb_settings()
                    WHERE name IN ('TimeZone', 'autoinstall_known_extensions', 'autoload_known_extensions',
                        'allow_community_extensions')
                    ORDER BY name
                    """, row -> settings.add(row.getString(1)));
            assertThat(settings)
                    .containsExactly(
                            "TimeZone=UTC",
                            "allow_community_extensions=false",
                            "autoinstall_known_extensions=false",
                            "autoload_known_extensions=false");
        }
    }

    @Test
    void opening_again_keeps_what_is_there() {
        Path file = folder.resolve("tandem.db");
        try (Database database = opener.openForWriting(file)) {
            database.execute("INSERT INTO clock_zone VALUES ('UTC', now())");
        }
        try (Database database = opener.openForWriting(file)) {
            assertThat(new ClockZoneTable(database).current()).isPresent();
        }
        try (Database database = opener.openForReading(file)) {
            assertThat(new ClockZoneTable(database).current()).isPresent();
        }
    }

    @Test
    void reading_does_not_make_a_file() {
        Path file = folder.resolve("tandem.db");

        DatabaseNotFoundException failure =
                catchThrowableOfType(DatabaseNotFoundException.class, () -> opener.openForReading(file));

        assertThat(failure).hasMessageContaining(file.toString());
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND);
        assertThat(file).doesNotExist();
    }

    @Test
    void reading_cannot_write() {
        Path file = folder.resolve("tandem.db");
        opener.openForWriting(file).close();

        try (Database database = opener.openForReading(file)) {
            assertThatThrownBy(() -> database.execute("DELETE FROM events")).isInstanceOf(DatabaseException.class);
        }
    }

    @Test
    void what_a_killed_process_has_spilled_is_removed_by_the_next_that_writes() throws Exception {
        opener.openForWriting(folder.resolve("tandem.db")).close();
        opener.openForWriting(folder.resolve("other.db")).close();
        Path spilled = Files.createDirectories(folder.resolve("tandem.db.tmp"));
        Files.writeString(spilled.resolve(spillOf(ended())), "left");
        Path others = Files.createDirectories(folder.resolve("other.db.tmp"));
        Files.writeString(others.resolve("notes.txt"), "mine");
        Files.writeString(others.resolve(spillOf(ProcessHandle.current().pid())), "in use");

        opener.openForWriting(folder.resolve("tandem.db")).close();
        opener.openForWriting(folder.resolve("other.db")).close();

        assertThat(spilled).doesNotExist();
        assertThat(others.resolve("notes.txt")).hasContent("mine");
        assertThat(others.resolve(spillOf(ProcessHandle.current().pid()))).hasContent("in use");
    }

    /** The number of a process that lives no more. */
    private static long ended() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return process.pid();
    }

    private static String spillOf(long process) {
        return "duckdb_temp_" + process + "_0_storage_S64K-0.tmp";
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        Path file = folder.resolve("notes.txt");
        String text = "not a database, but longer than a header ".repeat(500);
        Files.writeString(file, text);

        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> opener.openForWriting(file));

        assertThat(failure.code()).isEqualTo("NOT_A_DATABASE");
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(catchThrowableOfType(DatabaseException.class, () -> opener.openForWriting(folder))
                        .code())
                .isEqualTo("NOT_A_DATABASE");
    }

    @Test
    void a_database_of_a_newer_tandem_is_refused_for_reading_and_writing() {
        Path file = folder.resolve("tandem.db");
        try (Database database = opener.openForWriting(file)) {
            database.execute("INSERT INTO schema_version VALUES (4711, 'from_the_future.sql', now())");
        }

        assertThatThrownBy(() -> opener.openForWriting(file))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer tandem")
                .hasMessageContaining("4711");
        assertThatThrownBy(() -> opener.openForReading(file)).hasMessageContaining("newer tandem");
    }

    @Test
    void a_file_that_another_process_holds_is_named_with_its_holder_and_what_that_spills_is_left_to_it()
            throws Exception {
        Path file = folder.resolve("tandem.db");
        Process holder = DatabaseHolder.start(file);
        try {
            Path spilled = Files.writeString(
                    Files.createDirectories(folder.resolve("tandem.db.tmp")).resolve(spillOf(ended())), "in use");
            DatabaseLockedException failure =
                    catchThrowableOfType(DatabaseLockedException.class, () -> opener.openForWriting(file));

            assertThat(failure.code()).isEqualTo("DATABASE_LOCKED");
            assertThat(failure.holder()).hasValue(holder.pid());
            assertThat(failure).hasMessageContaining(String.valueOf(holder.pid()));
            assertThat(spilled).hasContent("in use");
        } finally {
            DatabaseHolder.stop(holder);
        }
    }

    @Test
    void opening_waits_a_little_for_another_process_to_finish() throws Exception {
        Path file = folder.resolve("tandem.db");
        Process holder = DatabaseHolder.start(file);
        Thread letGo = new Thread(() -> DatabaseHolder.stop(holder));
        letGo.start();

        try (Database database = opener.openForWriting(file)) {
            assertThat(new RawEventTable(database).count()).isZero();
        }
        letGo.join();
    }

    /** With such threads, an export to a full disk could wait forever. */
    @Test
    void a_reader_writes_files_without_threads_of_their_own() {
        Path file = folder.resolve("tandem.db");
        opener.openForWriting(file).close();
        try (Database database = opener.openForReading(file)) {
            assertThat(database.first("SELECT current_setting('async_threads')", row -> row.getLong(1)))
                    .contains(0L);
        }
    }
}
