package io.github.tandemfetch.store;

import io.github.tandemfetch.store.backup.BackupService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every file that is made is its owner's only, in processes of the most open and of the usual umask. */
class FilePermissionsTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"000", "022"})
    void whatever_the_umask_is_databases_journals_spill_folders_and_backups_are_private(String umask)
            throws IOException, InterruptedException {
        assertThat(under(umask, Writer.class, folder.resolve("new/tandem.db"))).isEqualTo("0");

        assertThat(modes(folder.resolve("modes-while-open")))
                .contains("tandem.db rw-------", "tandem.db.wal rw-------", "tandem.db.tmp rwx------")
                .allMatch(FilePermissionsTest::isPrivate);
        assertThat(modes(folder.resolve("modes-after")))
                .contains("tandem.db rw-------", "copy.db rw-------", "new rwx------", "backups rwx------")
                .anyMatch(line -> line.startsWith("tandem.db.before-restore-"))
                .allMatch(FilePermissionsTest::isPrivate);
    }

    @Test
    void the_journal_has_the_permissions_that_a_person_gave_the_database() throws IOException {
        Path file = folder.resolve("tandem.db");
        opener.openForWriting(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        try (Database database = opener.openForWriting(file)) {
            database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));

            assertThat(mode(folder.resolve("tandem.db.wal"))).isEqualTo("rw-r-----");
        }
        assertThat(mode(file)).isEqualTo("rw-r-----");
    }

    @Test
    void nothing_is_left_beside_a_database_that_is_closed() {
        try (Database database = opener.openForWriting(folder.resolve("tandem.db"))) {
            database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
            database.checkpoint();
        }
        opener.openForWriting(folder.resolve("tandem.db")).close();
        opener.openForReading(folder.resolve("tandem.db")).close();

        assertThat(folder).isDirectoryContaining(path -> path.endsWith("tandem.db"));
        assertThat(folder.toFile().list()).containsExactly("tandem.db");
    }

    @Test
    void a_folder_that_is_there_keeps_its_mode() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        opener.openForWriting(folder.resolve("tandem.db")).close();

        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
    }

    private static boolean isPrivate(String line) {
        return line.endsWith(" rw-------") || line.endsWith(" rwx------");
    }

    private static List<String> modes(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Runs a class under a umask; gives its exit code and what it said. */
    private static String under(String umask, Class<?> program, Path database)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask " + umask + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        database.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + said;
    }

    /** Makes, uses, backs up and restores a database, and writes down the modes of all that is there. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Path base = file.getParent().getParent();
            DatabaseOpener opener = new DatabaseOpener();
            try (Database database = opener.openForWriting(file)) {
                for (int i = 0; i < 3; i++) {
                    database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
                    database.checkpoint();
                    database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
                    database.transaction(connection -> database.update("INSERT INTO clock_zone VALUES ('UTC', now())"));
                }
                noteModes(base, "modes-while-open");
            }
            BackupService backups = new BackupService(opener, Clock.systemUTC());
            Path copy = base.resolve("backups/copy.db");
            backups.backup(file, copy, false);
            backups.restore(copy, file);
            noteModes(base, "modes-after");
        }

        private static void noteModes(Path base, String name) throws IOException {
            List<String> lines;
            try (Stream<Path> tree = Files.walk(base)) {
                lines = tree.filter(path -> !path.equals(base)
                                && !path.getFileName().toString().startsWith("modes-"))
                        .map(Writer::line)
                        .toList();
            }
            Files.write(base.resolve(name), lines);
        }

        private static String line(Path path) {
            try {
                return path.getFileName() + " " + mode(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
