package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.history.RawEventTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class MigrationBackupTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    /** A database as the first version left it, with some rows. */
    private Path first(Path file) {
        try (Database database = opener.openForWriting(file)) {
            database.execute("""
                    DROP TABLE clock_timeline;
                    DROP TABLE clock_progress;
                    DROP TABLE conflicting_events;
                    DROP TABLE searched_days;
                    DROP TABLE service_notes;
                    DROP TABLE window_size;
                    DROP TABLE account;
                    DROP TABLE rejected_events;
                    DROP TABLE replaced_events;
                    DROP TABLE domain_progress;
                    CREATE TABLE searched_gaps (
                        pump_serial VARCHAR, sequence_group BIGINT, first_missing BIGINT, last_missing BIGINT,
                        searched_at TIMESTAMPTZ);
                    DELETE FROM schema_version WHERE version > 1
                    """);
            database.execute(
                    "INSERT INTO raw_events SELECT range, 'p', now(), '{\"a\":\"' || md5(range::VARCHAR) || '\"}',"
                            + " 0, range, 1, NULL, 'a', now() FROM range(20000)");
        }
        return file;
    }

    private long version(Path file) {
        try (Database database = opener.openForReading(file)) {
            return Migrations.versionOf(database);
        }
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_new_database_needs_no_backup() throws IOException {
        opener.openForWriting(folder.resolve("tandem.db")).close();
        opener.openForWriting(folder.resolve("tandem.db")).close();

        assertThat(names(folder)).containsExactly("tandem.db");
    }

    @Test
    void a_migration_leaves_a_private_copy_of_the_schema_before_and_only_the_newest() throws IOException {
        Path file = first(folder.resolve("tandem.db"));
        byte[] before = Files.readAllBytes(file);
        Files.writeString(folder.resolve("tandem.db.schema-0.backup"), "of a version before");
        Files.writeString(folder.resolve("other.db.schema-0.backup"), "of another database");

        try (Database database = opener.openForWriting(file)) {
            assertThat(new RawEventTable(database).count()).isEqualTo(20_000);
        }

        Path backup = folder.resolve("tandem.db.schema-1.backup");
        assertThat(version(file)).isGreaterThan(1);
        assertThat(Files.readAllBytes(backup)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(names(folder)).containsExactly("other.db.schema-0.backup", "tandem.db", "tandem.db.schema-1.backup");
    }

    @Test
    void a_disk_that_is_full_for_the_backup_leaves_the_database_as_it_was() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "none", small.toString()),
                "NOT TESTED: a full disk needs the right to mount a small one");
        try {
            Path file = first(small.resolve("tandem.db"));
            long size = Files.size(file);
            assertThat(run("mount", "-o", "remount,size=" + (size + size / 2), small.toString()))
                    .isTrue();

            DatabaseException failure =
                    catchThrowableOfType(DatabaseException.class, () -> opener.openForWriting(file));

            assertThat(failure.code()).isEqualTo(DatabaseException.DISK_FULL);
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
            assertThat(failure).hasMessageContaining("was not migrated");
            assertThat(names(small)).containsExactly("tandem.db");
            assertThat(version(file)).isEqualTo(1);

            assertThat(run("mount", "-o", "remount,size=64m", small.toString())).isTrue();
            opener.openForWriting(file).close();
            assertThat(version(file)).isGreaterThan(1);

            assertThat(run("mount", "-o", "remount,ro", small.toString())).isTrue();
            assertThat(version(file)).isGreaterThan(1);
            DatabaseException readOnly =
                    catchThrowableOfType(DatabaseException.class, () -> opener.openForWriting(file));
            assertThat(readOnly.code()).isEqualTo("DATABASE_NOT_WRITABLE");
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
