package io.github.tandemfetch.store.backup;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseHolder;
import io.github.tandemfetch.store.DatabaseLockedException;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class BackupServiceTest {
    private final DatabaseOpener opener = new DatabaseOpener();
    private final BackupService backups = new BackupService(opener, Clock.systemUTC());

    @TempDir
    Path folder;

    private Path database;
    private Path backup;

    @BeforeEach
    void fill() {
        database = folder.resolve("tandem.db");
        backup = folder.resolve("backups/copy.db");
        try (Database open = opener.openForWriting(database)) {
            open.execute("INSERT INTO raw_events SELECT range, 'p', now(), '{}', 0, range, 1, NULL, 'a', now()"
                    + " FROM range(1000)");
            open.execute("CREATE TABLE mine (a INTEGER PRIMARY KEY, b VARCHAR); INSERT INTO mine VALUES (1, 'ä')");
            open.execute("CREATE VIEW looked AS FROM mine");
        }
    }

    private static List<String> content(Path file) {
        List<String> content = new ArrayList<>();
        try (Database open = new DatabaseOpener().openForReading(file)) {
            open.forEach("SELECT sql FROM duckdb_tables() ORDER BY sql", row -> content.add(row.getString(1)));
            open.forEach(
                    "SELECT constraint_text FROM duckdb_constraints() ORDER BY ALL",
                    row -> content.add(row.getString(1)));
            open.forEach("SELECT sql FROM duckdb_views() WHERE NOT internal", row -> content.add(row.getString(1)));
            open.forEach(
                    "SELECT md5(string_agg(raw_events::VARCHAR, '' ORDER BY id)) FROM raw_events",
                    row -> content.add(row.getString(1)));
            open.forEach("FROM mine", row -> content.add(row.getString(2)));
        }
        return content;
    }

    private List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_backup_is_equal_private_and_alone_in_its_folder() throws IOException {
        BackupReport report = backups.backup(database, backup, false);

        assertThat(content(backup)).isEqualTo(content(database));
        assertThat(report.tables()).containsEntry("raw_events", 1000L).containsEntry("mine", 1L);
        assertThat(report.sizeBytes()).isEqualTo(Files.size(backup));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(names(backup.getParent())).containsExactly("copy.db");
        assertThat(Files.readAllBytes(backup)).isEqualTo(Files.readAllBytes(database));
    }

    @Test
    void what_is_only_in_the_journal_is_in_the_backup_too() throws IOException {
        Path crashed = folder.resolve("crashed.db");
        try (Database open = opener.openForWriting(database)) {
            open.execute("INSERT INTO mine VALUES (2, 'late')");
            Files.copy(database, crashed);
            Files.copy(folder.resolve("tandem.db.wal"), folder.resolve("crashed.db.wal"));
        }
        byte[] journal = Files.readAllBytes(folder.resolve("crashed.db.wal"));

        backups.backup(crashed, backup, false);

        assertThat(content(backup)).contains("late");
        assertThat(names(backup.getParent())).containsExactly("copy.db");
        assertThat(Files.readAllBytes(folder.resolve("crashed.db.wal"))).isEqualTo(journal);
    }

    @Test
    void others_may_read_meanwhile_and_a_writer_is_named() throws Exception {
        Process reader = DatabaseHolder.startReading(database);
        backups.backup(database, backup, false);
        DatabaseHolder.stop(reader);

        Process writer = DatabaseHolder.start(database);
        DatabaseLockedException failure = catchThrowableOfType(
                DatabaseLockedException.class, () -> backups.backup(database, folder.resolve("other.db"), false));
        DatabaseHolder.stop(writer);
        assertThat(failure.holder()).hasValue(writer.pid());
        assertThat(names(folder)).containsExactly("backups", "tandem.db");
    }

    @Test
    void a_file_that_is_there_is_replaced_only_when_told_and_the_database_never() throws IOException {
        Files.createDirectories(backup.getParent());
        Files.writeString(backup, "mine");

        DatabaseException refused =
                catchThrowableOfType(DatabaseException.class, () -> backups.backup(database, backup, false));
        assertThat(refused.code()).isEqualTo("FILE_EXISTS");
        assertThat(Files.readString(backup)).isEqualTo("mine");

        backups.backup(database, backup, true);
        assertThat(content(backup)).isEqualTo(content(database));

        Path same = Files.createSymbolicLink(folder.resolve("link.db"), database);
        assertThat(catchThrowableOfType(DatabaseException.class, () -> backups.backup(database, same, true))
                        .code())
                .isEqualTo("SAME_FILE");
    }

    @Test
    void a_restore_brings_the_backup_back_and_keeps_what_was_there() throws IOException {
        backups.backup(database, backup, false);
        List<String> then = content(database);
        try (Database open = opener.openForWriting(database)) {
            open.execute("DELETE FROM raw_events; INSERT INTO mine VALUES (3, 'newer')");
        }
        List<String> newer = content(database);
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r-----"));

        RestoreReport report = backups.restore(backup, database);

        assertThat(content(database)).isEqualTo(then);
        assertThat(content(Path.of(report.replaced()))).isEqualTo(newer);
        assertThat(content(backup)).isEqualTo(then);
        assertThat(names(folder)).hasSize(3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void a_restore_replaces_a_damaged_database_with_its_journal_and_makes_one_that_is_missing() throws IOException {
        backups.backup(database, backup, false);
        List<String> then = content(database);
        Files.writeString(database, "not a database any more, ".repeat(1000));
        Files.writeString(folder.resolve("tandem.db.wal"), "nor a journal");

        RestoreReport report = backups.restore(backup, database);

        assertThat(content(database)).isEqualTo(then);
        assertThat(Files.readString(Path.of(report.replaced()))).startsWith("not a database");
        assertThat(Files.readString(Path.of(report.replaced() + ".wal"))).isEqualTo("nor a journal");
        assertThat(folder.resolve("tandem.db.wal")).doesNotExist();

        Path fresh = folder.resolve("elsewhere/tandem.db");
        assertThat(backups.restore(backup, fresh).replaced()).isNull();
        assertThat(content(fresh)).isEqualTo(then);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_no_backup_or_in_use_is_refused_and_nothing_is_changed() throws Exception {
        List<String> then = content(database);
        Path text =
                Files.writeString(folder.resolve("notes.txt"), "no database, but longer than a header ".repeat(500));
        Path foreign = folder.resolve("foreign.db");
        Path newer = folder.resolve("newer.db");
        backups.backup(database, backup, false);
        Files.copy(database, foreign);
        try (Database open = opener.openForWriting(foreign)) {
            open.execute("DROP TABLE cgm_readings; DROP TABLE basal_deliveries; DROP TABLE events;"
                    + " DROP TABLE raw_events; DROP TABLE schema_version");
        }
        Files.copy(database, newer);
        try (Database open = opener.openForWriting(newer)) {
            open.execute("INSERT INTO schema_version VALUES (4711, 'from_the_future.sql', now())");
        }

        assertThat(refusal(text)).isEqualTo("NOT_A_DATABASE");
        assertThat(refusal(foreign)).isEqualTo("NOT_A_BACKUP");
        assertThat(refusal(newer)).isEqualTo("DATABASE_TOO_NEW");
        assertThat(refusal(folder.resolve("nowhere.db"))).isEqualTo("BACKUP_NOT_FOUND");
        assertThat(refusal(folder)).isEqualTo("NOT_A_DATABASE");
        assertThat(refusal(database)).isEqualTo("SAME_FILE");
        Process reader = DatabaseHolder.startReading(database);
        assertThat(catchThrowableOfType(DatabaseLockedException.class, () -> backups.restore(backup, database))
                        .code())
                .isEqualTo("DATABASE_LOCKED");
        DatabaseHolder.stop(reader);
        assertThat(content(database)).isEqualTo(then);
        assertThat(names(folder)).containsExactly("backups", "foreign.db", "newer.db", "notes.txt", "tandem.db");
    }

    @Test
    void a_backup_that_may_not_be_read_is_told_as_such() throws IOException {
        backups.backup(database, backup, false);
        Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(backup), "NOT TESTED: whoever runs this may read every file");

        assertThat(refusal(backup)).isEqualTo("BACKUP_NOT_READABLE");
    }

    @Test
    void a_check_before_a_restore_refuses_what_the_restore_would_and_lets_the_others_pass() throws IOException {
        backups.backup(database, backup, false);
        Path nowhere = folder.resolve("elsewhere/tandem.db");

        backups.check(backup, database);
        backups.check(backup, nowhere);

        assertThat(names(folder)).containsExactly("backups", "tandem.db");
        assertThat(names(backup.getParent())).containsExactly("copy.db");
    }

    /** What a restore refuses, it refuses already when it is only asked about it. */
    private String refusal(Path file) {
        TandemException asked = catchThrowableOfType(TandemException.class, () -> backups.check(file, database));
        TandemException failure = catchThrowableOfType(TandemException.class, () -> backups.restore(file, database));
        assertThat(asked).isNotNull().hasMessage(failure.getMessage());
        assertThat(asked.remedy()).isEqualTo(failure.remedy());
        assertThat(asked.code()).isEqualTo(failure.code());
        return failure.code();
    }
}
