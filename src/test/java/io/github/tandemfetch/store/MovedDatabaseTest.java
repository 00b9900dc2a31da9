package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file that is taken away while it is written to. */
class MovedDatabaseTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void make() {
        file = folder.resolve("data/tandem.db");
        opener.openForWriting(file).close();
    }

    private interface Act {
        void happens() throws IOException;
    }

    private DatabaseException writing(Act act) {
        return catchThrowableOfType(DatabaseException.class, () -> {
            try (Database database = opener.openForWriting(file)) {
                insert(database);
                act.happens();
                insert(database);
            }
        });
    }

    private static void insert(Database database) {
        database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
    }

    private static long rows(Database database) {
        return database.first("SELECT count(*) FROM clock_zone", row -> row.getLong(1))
                .orElseThrow();
    }

    private static void isMoved(DatabaseException failure, String how) {
        assertThat(failure.code()).isEqualTo("DATABASE_MOVED");
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
        assertThat(failure).hasMessageContaining(how);
    }

    @Test
    void a_removed_file_ends_the_next_transaction() {
        isMoved(writing(() -> Files.delete(file)), "removed or renamed");
    }

    @Test
    void a_removed_folder_ends_the_next_transaction() {
        isMoved(writing(() -> HiddenFolder.removeTree(file.getParent())), "removed or renamed");
    }

    @Test
    void a_renamed_file_has_what_was_stored_before_and_nothing_of_what_came_behind() {
        Path other = folder.resolve("data/other.db");

        isMoved(writing(() -> Files.move(file, other)), "removed or renamed");

        try (Database database = opener.openForReading(other)) {
            assertThat(rows(database)).isEqualTo(1);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_another_replaces_is_noticed_and_the_other_is_left_as_it_is() throws IOException {
        Path other = folder.resolve("other.db");
        opener.openForWriting(other).close();
        byte[] bytes = Files.readAllBytes(other);

        isMoved(
                writing(() -> {
                    Files.delete(file);
                    Files.move(other, file);
                }),
                "replaced");

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void a_file_that_is_removed_after_the_last_transaction_is_noticed_when_it_is_closed() {
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> {
            try (Database database = opener.openForWriting(file)) {
                insert(database);
                Files.delete(file);
            }
        });

        isMoved(failure, "removed or renamed");
    }

    @Test
    void reading_goes_on_without_the_name() throws IOException {
        try (Database database = opener.openForReading(file)) {
            Files.delete(file);
            assertThat(rows(database)).isZero();
        }
    }
}
