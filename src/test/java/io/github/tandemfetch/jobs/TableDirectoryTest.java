package io.github.tandemfetch.jobs;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }
}
