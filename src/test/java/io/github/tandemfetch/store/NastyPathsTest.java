package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.store.backup.BackupService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A database may have any name that the file system allows. */
class NastyPathsTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Stream.of(
                "a;threads=2",
                "a;threads=2;access_mode=read_only",
                ";",
                "a?access_mode=read_only",
                "?",
                "a&b#c%41%3B",
                "it's",
                "say \"hi\"",
                " blank before",
                "blank behind ",
                "new\nline",
                "tab\tand\u0001",
                "-v",
                "--db",
                ":memory:",
                ":memory:x",
                "md:x",
                "s3:x",
                "duckdb:x",
                "jdbc:duckdb:x",
                "sqlite:x",
                "file:x",
                "main.db",
                "temp.db",
                "system.db",
                "memory",
                "staging.db",
                "events.db",
                "information_schema.db",
                "pg_catalog.db",
                ".db",
                "~",
                "$HOME",
                "*.db",
                "[a-z].db",
                "{a,b}.db",
                "ünï-日本-🩸.db",
                "x".repeat(180) + ".db");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_database_of_any_name_is_written_read_backed_up_and_restored_and_nothing_else_is_made(String name) {
        Path file = folder.resolve(name);
        Path copy = folder.resolve("copy of " + name);
        try (Database database = opener.openForWriting(file)) {
            try (Database session = database.anotherSession()) {
                session.transaction(connection -> session.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
            }
            database.checkpoint();
            database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
            assertThat(DatabaseFiles.journal(file)).isNotEmptyFile();
            try (RawEventStaging staging = new RawEventTable(database).stage()) {
                assertThat(staging.tableName()).isNotBlank();
            }
        }
        BackupService backups = new BackupService(opener, Clock.systemUTC());
        backups.backup(file, copy, false);
        backups.restore(copy, file);
        try (Database database = opener.openForReading(file);
                Database other = opener.openForStatements(copy)) {
            assertThat(count(database)).isEqualTo(2);
            assertThat(count(other)).isEqualTo(2);
        }

        assertThat(folder.toFile().list())
                .hasSize(3)
                .contains(name, "copy of " + name)
                .anyMatch(each -> each.startsWith(name + ".before-restore-"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_journal_that_a_killed_process_has_left_is_read_whatever_the_name(String name) throws Exception {
        Path file = folder.resolve(name);
        opener.openForWriting(file).close();
        Path killed = folder.resolve("killed " + name);
        try (Database database = opener.openForWriting(file)) {
            database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
            // What a process leaves that is killed now.
            Files.copy(file, killed);
            Files.copy(DatabaseFiles.journal(file), DatabaseFiles.journal(killed));
        }

        try (Database database = opener.openForWriting(killed)) {
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void folders_may_have_such_names_too() throws IOException {
        for (String name : names().filter(each -> !each.contains("?")).toList()) {
            Path file = Files.createDirectories(folder.resolve(name)).resolve("tandem.db");
            opener.openForWriting(file).close();
            try (Database database = opener.openForReading(file)) {
                assertThat(count(database)).isZero();
            }
            assertThat(file).isRegularFile();
        }
    }

    @Test
    void what_the_engine_cannot_open_is_refused_with_the_way_around_it_and_nothing_is_made() throws IOException {
        Files.createDirectories(folder.resolve("back"));
        for (Path file : new Path[] {folder.resolve("back\\slash"), folder.resolve("a?b/tandem.db")}) {
            DatabaseException failure =
                    catchThrowableOfType(DatabaseException.class, () -> opener.openForWriting(file));

            assertThat(failure.code()).isEqualTo("PATH_NOT_SUPPORTED");
            assertThat(failure.remedy()).contains("Rename");
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectories(folder.resolve("c\\d")));
        assertThatThrownBy(() -> opener.openForWriting(link.resolve("tandem.db")))
                .hasMessageContaining("a backslash");
        assertThat(folder.resolve("back")).isEmptyDirectory();
        assertThat(link).isEmptyDirectory();
    }

    @Test
    void a_link_to_a_file_that_is_not_there_yet_stays_a_link() throws IOException {
        Path target = folder.resolve("real;x.db");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real;x.db"));

        try (Database database = opener.openForWriting(link)) {
            database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
            assertThat(DatabaseFiles.journal(link)).isNotEmptyFile().isEqualTo(DatabaseFiles.journal(target));
        }

        assertThat(link).isSymbolicLink();
        assertThat(target).isRegularFile();
    }

    private static long count(Database database) {
        return database.first("SELECT count(*) FROM clock_zone", row -> row.getLong(1))
                .orElseThrow();
    }
}
