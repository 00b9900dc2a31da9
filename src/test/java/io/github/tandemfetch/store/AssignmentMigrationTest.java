package io.github.tandemfetch.store;

import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.verify.SchemaComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AssignmentMigrationTest {
    private static final AssignmentProgress MIGRATED = new AssignmentProgress(
            "90012345",
            "second",
            "t:slim X2",
            null,
            new Progress(
                    LocalDate.parse("2026-02-28"),
                    LocalDate.parse("2026-05-01"),
                    LocalDateTime.parse("2026-05-02T10:00:00"),
                    Instant.parse("2026-05-02T15:00:00Z"),
                    0,
                    null,
                    null));

    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    /** A database as the second version left it. */
    private Path second() {
        Path file = folder.resolve("tandem.db");
        try (Database database = opener.openForWriting(file)) {
            database.execute("""
                    DROP TABLE fetch_progress;
                    DROP TABLE conflicting_events;
                    DROP TABLE searched_days;
                    DROP TABLE service_notes;
                    DROP TABLE window_size;
                    DROP TABLE account;
                    DROP TABLE rejected_events;
                    DROP TABLE replaced_events;
                    DROP TABLE domain_progress;
                    CREATE TABLE searched_gaps (
                        pump_serial VARCHAR NOT NULL,
                        sequence_group BIGINT NOT NULL,
                        first_missing BIGINT NOT NULL,
                        last_missing BIGINT NOT NULL,
                        searched_at TIMESTAMPTZ NOT NULL,
                        PRIMARY KEY (pump_serial, sequence_group, first_missing, last_missing)
                    );
                    DELETE FROM schema_version WHERE version > 2;
                    CREATE TABLE fetch_progress (
                        pump_serial VARCHAR PRIMARY KEY,
                        device_assignment_id VARCHAR NOT NULL,
                        model_name VARCHAR,
                        fetched_through DATE,
                        complete_through TIMESTAMP,
                        completed_at TIMESTAMPTZ,
                        incomplete_runs INTEGER NOT NULL DEFAULT 0,
                        incomplete_since TIMESTAMPTZ
                    );
                    INSERT INTO fetch_progress VALUES ('90012345', 'second', 't:slim X2', '2026-05-01',
                        '2026-05-02 10:00:00', '2026-05-02 15:00:00+00', 0, NULL);
                    INSERT INTO raw_events VALUES
                        (1, '90012345', NULL, '{}', 0, 1, 3, '2025-01-01 08:00:00', 'first', now()),
                        (2, '90012345', NULL, '{}', 1, 1, 3, '2008-01-01 00:00:10', 'second', now()),
                        (3, '90012345', NULL, '{}', 1, 2, 3, '2026-03-01 08:00:00', 'second', now()),
                        (4, '90012345', NULL, '{}', 1, 3, 3, '2026-05-02 10:00:00', 'second', now());
                    """);
        }
        return file;
    }

    private static List<AssignmentProgress> progress(Database database) {
        return new FetchProgressTable(database).all();
    }

    @Test
    void what_was_noted_of_a_pump_is_its_last_assignments_and_the_first_day_is_that_of_its_events() {
        Path file = second();
        try (Database database = opener.openForWriting(file)) {
            assertThat(progress(database)).containsExactly(MIGRATED);
        }
        try (Database database = opener.openForReading(file)) {
            assertThat(progress(database)).containsExactly(MIGRATED);
            assertThat(new SchemaComparison(database, opener, List.of())
                            .check(5)
                            .count())
                    .isZero();
        }
        assertThat(folder.resolve("tandem.db.schema-2.backup")).isRegularFile();
    }

    @Test
    void a_database_that_is_not_migrated_yet_can_be_looked_at() {
        Path file = second();
        try (Database database = opener.openForReading(file)) {
            assertThat(progress(database))
                    .singleElement()
                    .extracting(AssignmentProgress::pumpSerial)
                    .isEqualTo("90012345");
        }
    }

    @Test
    void a_migration_that_is_only_in_the_journal_yet_is_there_after_a_kill() throws IOException {
        Path file = second();
        Path copy = folder.resolve("after a kill.db");
        try (Database database = opener.openForWriting(file)) {
            assertThat(progress(database)).containsExactly(MIGRATED);
            Path journal = folder.resolve("tandem.db.wal");
            assertThat(journal).isNotEmptyFile();
            Files.copy(file, copy);
            Files.copy(journal, folder.resolve("after a kill.db.wal"));
        }
        try (Database database = opener.openForWriting(copy)) {
            assertThat(progress(database)).containsExactly(MIGRATED);
            new FetchProgressTable(database).listed("second", Instant.EPOCH);
            assertThat(progress(database).get(0).unlistedSince()).isEqualTo(Instant.EPOCH);
        }
    }
}
