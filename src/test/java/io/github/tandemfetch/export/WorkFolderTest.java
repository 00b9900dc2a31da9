package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkFolderTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(2)));

    @TempDir
    Path folder;

    private final WorkFolders folders = new WorkFolders();

    @Test
    void what_is_left_when_the_export_ends_is_removed_folders_too() throws IOException {
        try (WorkFolder work = folders.createIn(folder)) {
            Files.writeString(work.newFile(), "half");
            Path spill = Files.createDirectory(work.newFile());
            Files.writeString(spill.resolve("block"), "x");
            work.newFile();
            assertThat(folder).isDirectoryContaining("glob:**/.tandem-*.tmp");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void every_file_is_hidden_and_has_its_own_name() {
        try (WorkFolder work = folders.createIn(folder)) {
            Path one = work.newFile();

            assertThat(work.newFile()).isNotEqualTo(one);
            assertThat(one.getParent().getFileName().toString()).startsWith(".tandem-");
        }
    }

    @Test
    void the_folder_around_it_is_made() {
        try (WorkFolder work = folders.createIn(folder.resolve("new/one"))) {
            assertThat(work.newFile().getParent()).isDirectory();
        }

        assertThat(folder.resolve("new/one")).isEmptyDirectory();
    }

    @Test
    void what_a_killed_process_has_left_is_removed_by_the_next_export() throws IOException {
        Path left = Files.createDirectory(folder.resolve(".tandem-killed.tmp"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("part-2"), "half");

        folders.createIn(folder).close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_may_still_be_in_use_is_left_alone() throws IOException {
        Path justMade = Files.createDirectory(folder.resolve(".tandem-just-made.tmp"));
        Path file = Files.writeString(folder.resolve(".tandem-file.tmp"), "new");
        try (WorkFolder other = new WorkFolders().createIn(folder);
                WorkFolder mine = folders.createIn(folder)) {
            Path half = Files.writeString(other.newFile(), "half");
            Path alsoHalf = Files.writeString(mine.newFile(), "half");

            folders.createIn(folder).close();

            assertThat(half).exists();
            assertThat(alsoHalf).exists();
            assertThat(justMade).exists();
            assertThat(file).exists();
        }
    }

    @Test
    void without_a_lock_only_what_is_old_is_removed() throws IOException {
        Path file = Files.writeString(folder.resolve(".tandem-old.tmp"), "half");
        Path mine = Files.writeString(folder.resolve(".tandem-notes.txt"), "mine");
        Files.setLastModifiedTime(file, LONG_AGO);
        Files.setLastModifiedTime(mine, LONG_AGO);

        folders.createIn(folder).close();

        assertThat(file).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void a_file_where_the_folder_should_be_is_an_error_that_names_it() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "x");

        assertThatThrownBy(() -> folders.createIn(taken))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(taken.toString());
    }
}
