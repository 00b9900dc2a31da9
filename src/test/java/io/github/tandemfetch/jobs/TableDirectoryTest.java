package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableDirectoryTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final DatabaseOpener opener = new DatabaseOpener();
    private final DatabaseTurns turns = new DatabaseTurns();

    private TableDirectory directory(Path database) {
        return new TableDirectory(
                JobSettings.of(database, folder.resolve("jobs"), 1, 1, Duration.ofHours(1)), opener, turns, clock);
    }

    @Test
    void tables_are_looked_up_again_only_when_the_file_has_changed() {
        Path file = folder.resolve("a.db");
        TableDirectory directory = directory(file);
        assertThat(directory.tables().tables()).isEmpty();
        JobHistory.write(file, 5);
        TableListing first = directory.tables();
        assertThat(first.named("raw_events").rows()).isEqualTo(5);
        assertThat(directory.tables()).isSameAs(first);
        try (Database database = opener.openForWriting(file)) {
            JobHistory.add(database, 5, 2);
        }
        assertThat(directory.tables().named("raw_events").rows()).isEqualTo(7);
    }

    @Test
    void while_a_sync_writes_what_was_last_seen_is_told_and_marked() throws Exception {
        Path file = folder.resolve("a.db");
        JobHistory.write(file, 5);
        TableDirectory directory = directory(file);
        assertThat(directory.tables().current()).isTrue();
        TableListing told = turns.writing(() -> {
            try (Database database = opener.openForWriting(file)) {
                JobHistory.add(database, 5, 2);
                database.execute("CHECKPOINT");
                return CompletableFuture.supplyAsync(directory::tables).join();
            }
        });
        assertThat(told.current()).isFalse();
        assertThat(told.named("raw_events").rows()).isEqualTo(5);
        until(() -> directory.tables().current());
        assertThat(directory.tables().named("raw_events").rows()).isEqualTo(7);
    }

    @Test
    void loaded_tables_are_listed_and_found_and_nothing_else_is() {
        Path file = folder.resolve("a.db");
        JobHistory.write(file, 5);
        JobHistory.load(file);
        TableDirectory directory = directory(file);
        assertThat(directory.tables().tables())
                .extracting(table -> table.table().tableName())
                .containsExactly("raw_events", "events", "cgm_readings", "basal_deliveries", "Songs", "people");
        TableSummary songs = directory.tables().named("Songs");
        assertThat(songs.rows()).isEqualTo(3);
        assertThat(songs.first()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(directory.tables().named("people").last()).isNull();
        assertThat(directory.names()).contains("Songs", "people");
        for (String none : List.of("gone", "secrets", "a\"; b", "_metadata", "songs", "")) {
            assertThat(directory.find(none)).as(none).isEmpty();
        }
        assertThat(directory.find("Songs").orElseThrow().timeColumn()).isEqualTo("event_time");
    }

    @Test
    void the_state_says_whether_there_is_no_database_or_it_cannot_be_read_and_why() throws Exception {
        Path file = folder.resolve("secret-name.db");
        assertThat(directory(file).state()).isEqualTo(DatabaseState.ABSENT);
        Files.writeString(file, "this is no database at all".repeat(1_000));
        DatabaseState broken = directory(file).state();
        assertThat(broken.usable()).isFalse();
        assertThat(broken.reason()).contains("not a DuckDB database", "--db").doesNotContain("secret-name");
        assertThatThrownBy(() -> directory(file).tables()).hasMessageContaining("not a DuckDB database");
        Files.delete(file);
        JobHistory.write(file, 5);
        TableDirectory directory = directory(file);
        assertThat(directory.state()).isEqualTo(DatabaseState.READABLE);
        DatabaseState held = turns.writing(() ->
                CompletableFuture.supplyAsync(() -> directory(file).state()).join());
        assertThat(held).isEqualTo(DatabaseState.IN_USE);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }
}
