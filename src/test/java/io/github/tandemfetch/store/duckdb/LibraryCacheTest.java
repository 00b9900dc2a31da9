package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.config.FileStamp;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class LibraryCacheTest {
    @TempDir
    Path temporary;

    private Path folder;
    private BundledLibrary packed;

    @BeforeEach
    void nameTheFolder() throws IOException {
        folder = temporary.toRealPath().resolve("cache/tandem/engine");
        packed = SmallLibrary.packed();
    }

    private Path file() throws IOException {
        return new LibraryCache(folder).file(packed);
    }

    private Optional<Path> unpacked() throws IOException {
        return new LibraryCache(folder).extracted(packed);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isAdministrator() throws IOException {
        return Files.getOwner(Path.of("/proc/self")).equals(Files.getOwner(Path.of("/")));
    }

    private static void giveAway(Path file) throws IOException {
        UserPrincipal other =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(file, other);
    }

    @Test
    void the_library_is_unpacked_once_into_a_private_folder_under_a_name_with_its_hash() throws IOException {
        Path file = file();
        Object identity = identity(file);
        Object again = identity(file());

        assertThat(file).hasBinaryContent(SmallLibrary.content());
        assertThat(again).isEqualTo(identity);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file.getFileName().toString()).contains(packed.sha256().substring(0, 16));
        assertThat(names()).containsExactly(file.getFileName().toString(), file.getFileName() + ".stamp");
    }

    @Test
    void only_a_file_that_is_as_it_was_left_is_found_unpacked_and_nothing_is_made() throws IOException {
        assertThat(unpacked()).isEmpty();
        assertThat(folder).doesNotExist();

        Path file = file();
        assertThat(unpacked()).contains(file);

        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(unpacked()).isEmpty();

        Files.writeString(file, "no library");
        assertThat(unpacked()).isEmpty();
        assertThat(file).hasContent("no library");
    }

    @Test
    void a_file_cut_short_is_replaced() throws IOException {
        Path file = file();
        Files.write(file, new byte[100]);

        assertThat(file()).hasBinaryContent(SmallLibrary.content());
        assertThat(names()).hasSize(2);
    }

    @Test
    void a_file_of_the_same_size_and_time_but_other_content_is_replaced() throws IOException {
        Path file = file();
        FileTime time = Files.getLastModifiedTime(file);
        byte[] altered = SmallLibrary.content();
        altered[altered.length / 2] ^= 1;
        Files.write(file, altered);
        Files.setLastModifiedTime(file, time);

        assertThat(file()).hasBinaryContent(SmallLibrary.content());
    }

    @Test
    void a_file_whose_stamp_is_lost_or_whose_times_changed_is_read_and_kept() throws IOException {
        Path file = file();
        Object identity = identity(file);

        Files.delete(folder.resolve(file.getFileName() + ".stamp"));
        assertThat(identity(file())).isEqualTo(identity);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(identity(file())).isEqualTo(identity);

        assertThat(Files.readString(folder.resolve(file.getFileName() + ".stamp")))
                .isEqualTo(FileStamp.of(file).text());
    }

    @Test
    void a_link_or_a_file_that_others_can_write_to_is_replaced() throws IOException {
        Path file = file();
        Path elsewhere = Files.write(temporary.resolve("elsewhere"), SmallLibrary.content());
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThat(file()).isRegularFile().matches(made -> !Files.isSymbolicLink(made));

        Object identity = identity(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));
        assertThat(identity(file())).isNotEqualTo(identity);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void a_folder_that_was_open_to_others_is_closed_and_its_file_read() throws IOException {
        Path file = file();
        byte[] altered = SmallLibrary.content();
        altered[0] ^= 1;
        Files.write(file, altered);
        Files.writeString(
                folder.resolve(file.getFileName() + ".stamp"),
                FileStamp.of(file).text());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(file()).hasBinaryContent(SmallLibrary.content());
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_somebody_else_owns_is_not_used() throws IOException {
        assumeTrue(isAdministrator(), "only an administrator can give files away");
        Path file = file();
        giveAway(folder);
        assertThatThrownBy(this::file)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is owned by another user");

        Files.setOwner(folder, Files.getOwner(Path.of("/proc/self")));
        giveAway(file);
        assertThat(Files.getOwner(file())).isEqualTo(Files.getOwner(Path.of("/proc/self")));
    }

    @Test
    void nothing_is_made_in_a_folder_of_somebody_else() throws IOException {
        assumeTrue(isAdministrator(), "only an administrator can give files away");
        Path home = Files.createDirectories(temporary.resolve("cache"));
        giveAway(home);

        assertThatThrownBy(this::file).isInstanceOf(FileSystemException.class);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_place_that_cannot_be_a_folder_is_a_failure_of_the_file_system() throws IOException {
        Files.writeString(temporary.resolve("cache"), "a file");

        assertThatThrownBy(this::file).isInstanceOf(IOException.class);
    }

    @Test
    void what_killed_processes_and_old_versions_left_behind_is_swept_with_the_next_unpacking() throws IOException {
        Files.createDirectories(folder);
        age("duckdb-0000000000000000.so", Duration.ofDays(31));
        age("duckdb-0000000000000000.so.stamp", Duration.ofDays(31));
        age("duckdb-1111111111111111.so", Duration.ofDays(29));
        age("duckdb-1111111111111111.so.a.part", Duration.ofMinutes(61));
        age("duckdb-1111111111111111.so.b.part", Duration.ofMinutes(59));

        Path file = file();

        assertThat(names())
                .containsExactlyInAnyOrder(
                        file.getFileName().toString(),
                        file.getFileName() + ".stamp",
                        "duckdb-1111111111111111.so",
                        "duckdb-1111111111111111.so.b.part");
    }

    private void age(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "left behind");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
