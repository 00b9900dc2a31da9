package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.history.RawEventTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Files that this program has not made: other formats of the engine's, and other kinds of files. */
class ForeignDatabaseTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("tandem.db");
    }

    /** A database of an older format, as every DuckDB up to 2.0 makes it by default. */
    private void make(String storageVersion, String sql) {
        try (Database engine = opener.openInMemory()) {
            engine.execute(
                    "ATTACH " + Literal.of(file().toString()) + " AS made (STORAGE_VERSION '" + storageVersion + "')");
            engine.execute("USE made");
            engine.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.10.0", "v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.4.0", "v1.5.0"})
    void an_empty_database_of_every_format_becomes_one_of_tandems(String storageVersion) {
        make(storageVersion, "SELECT 1");

        try (Database database = opener.openForWriting(file())) {
            assertThat(new RawEventTable(database).count()).isZero();
        }
        assertThat(DatabaseHeader.of(file()).isCurrent()).isTrue();
    }

    @Test
    void a_database_with_tables_of_a_person_keeps_them_when_its_format_is_upgraded_and_the_former_file_too()
            throws IOException {
        make("v1.0.0", """
                CREATE SCHEMA other;
                CREATE SEQUENCE numbers START 5;
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE TABLE people (id INTEGER PRIMARY KEY DEFAULT nextval('numbers'), mood mood);
                CREATE TABLE notes (person INTEGER REFERENCES people (id), text VARCHAR);
                CREATE INDEX by_text ON notes (text);
                CREATE VIEW moods AS SELECT mood FROM people;
                CREATE TABLE other.things AS SELECT range AS n FROM range(100000);
                COMMENT ON TABLE people IS 'mine';
                INSERT INTO people (mood) VALUES ('good'), ('bad');
                INSERT INTO notes VALUES (5, 'x')
                """);
        long former = Files.size(file());

        try (Database database = opener.openForWriting(file())) {
            assertThat(database.first("""
                    SELECT (SELECT count(*) FROM notes JOIN people ON person = id) || ' '
                        || (SELECT count(*) FROM moods) || ' ' || (SELECT sum(n) FROM other.things) || ' '
                        || nextval('numbers') || ' '
                        || (SELECT comment FROM duckdb_tables() WHERE table_name = 'people')
                    """, row -> row.getString(1))).contains("1 2 4999950000 7 mine");
            assertThat(new RawEventTable(database).count()).isZero();
        }
        Path backup = StorageUpgrade.backupOf(file(), DatabaseHeader.STORAGE_V1_0);
        assertThat(backup).hasSize(former);
        assertThat(PosixModes.of(backup)).isEqualTo("rw-------");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("tandem.db", backup.getFileName().toString());
        try (Database database = opener.openForReading(backup)) {
            assertThat(database.first("SELECT count(*) FROM people", row -> row.getLong(1)))
                    .contains(2L);
        }
    }

    @Test
    void a_database_of_an_older_format_that_another_process_holds_is_in_use_and_stays_as_it_is() throws Exception {
        make("v1.0.0", "CREATE TABLE mine AS SELECT 1 AS x");
        Process holder = DatabaseHolder.startReading(file());
        try {
            assertThatThrownBy(() -> opener.openForWriting(file())).isInstanceOf(DatabaseLockedException.class);
        } finally {
            DatabaseHolder.stop(holder);
        }
        assertThat(DatabaseHeader.of(file()).isCurrent()).isFalse();
        assertThat(folder.toFile().list()).containsExactly("tandem.db");
    }

    @Test
    void another_kind_of_file_is_named_and_refused_before_the_engine_sees_it() throws IOException {
        refused("SQLite format 3\0" + "x".repeat(5000), "NOT_A_DATABASE", "a SQLite database");
        refused("PAR1" + "x".repeat(5000), "NOT_A_DATABASE", "a Parquet file");
        refused("\u001f\u008b" + "x".repeat(5000), "NOT_A_DATABASE", "a gzip file");
        refused("id,text\n", "NOT_A_DATABASE", "another kind of file");
        refused("", "NOT_A_DATABASE", "empty");
        refused("12345678DUCK", "DATABASE_DAMAGED", "truncated");
        refused(
                "12345678DUCK\u0040\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0" + "x".repeat(20_000),
                "DATABASE_ENCRYPTED",
                "encrypted");
        refused("12345678DUCK\u0020\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" + "x".repeat(20_000), "DATABASE_TOO_OLD", "0.10");
    }

    private void refused(String content, String code, String words) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file(), bytes);
        for (Runnable opening : List.<Runnable>of(
                () -> opener.openForWriting(file()),
                () -> opener.openForReading(file()),
                () -> opener.openForStatements(file()))) {
            DatabaseException failure = catchThrowableOfType(DatabaseException.class, opening::run);
            assertThat(failure.code()).as(words).isEqualTo(code);
            assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("xtension");
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
        }
        assertThat(file()).hasBinaryContent(bytes);
        assertThat(folder.toFile().list()).containsExactly("tandem.db");
    }

    @Test
    void a_folder_and_a_pipe_are_refused() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path path : List.of(folder, pipe, Path.of("/dev/null"))) {
            assertThatThrownBy(() -> opener.openForWriting(path))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("not a");
            assertThatThrownBy(() -> opener.openForReading(path)).hasMessageContaining("not a");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {13_000, 200_000, 400_000})
    void a_database_that_is_cut_off_is_called_damaged_at_the_latest_when_its_rows_are_read(long size)
            throws IOException {
        try (Database database = opener.openForWriting(file())) {
            database.execute("CREATE TABLE mine AS SELECT range AS n, md5(range::VARCHAR) AS text FROM range(100000)");
        }
        assertThat(Files.size(file())).isGreaterThan(size);
        try (var channel = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }

        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> {
            try (Database database = opener.openForReading(file())) {
                database.first("SELECT max(text) FROM mine", row -> row.getString(1));
            }
        });

        assertThat(failure.code()).isEqualTo(DatabaseException.DAMAGED);
        assertThat(failure.remedy()).contains("tandem restore");
    }
}
