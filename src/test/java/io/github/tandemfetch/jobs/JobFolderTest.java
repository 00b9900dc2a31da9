package io.github.tandemfetch.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobFolderTest {
    private static final String NAME = "events_20260208_103000_job1.csv.gz";

    @TempDir
    Path parent;

    @Test
    void a_folder_is_made_for_its_owner_only_and_for_one_process() throws IOException {
        Path place = parent.resolve("a/jobs");
        try (JobFolder folder = new JobFolder(place)) {
            folder.open();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rwx------");
            assertThatThrownBy(() -> new JobFolder(place).open())
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("Another tandem serve");
        }
        try (JobFolder again = new JobFolder(place)) {
            again.open();
        }
    }

    @Test
    void an_empty_folder_that_others_could_look_into_is_closed_to_them() throws IOException {
        Path place = Files.createDirectory(parent.resolve("jobs"));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (JobFolder folder = new JobFolder(place)) {
            folder.open();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void links_and_folders_of_anything_else_are_refused() throws IOException {
        Path real = Files.createDirectory(parent.resolve("real"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), real);
        assertThatThrownBy(() -> new JobFolder(link).open()).hasMessageContaining("symbolic link");
        Files.createSymbolicLink(real.resolve("files"), parent);
        assertThatThrownBy(() -> new JobFolder(real).open()).hasMessageContaining("symbolic link");
        Files.delete(real.resolve("files"));
        Files.writeString(real.resolve("diary.txt"), "mine");
        assertThatThrownBy(() -> new JobFolder(real).open()).hasMessageContaining("other things");
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatThrownBy(() -> new JobFolder(file).open()).isInstanceOf(JobException.class);
    }

    @Test
    void a_file_is_not_removed_while_somebody_reads_it() throws IOException {
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            Files.writeString(folder.file(NAME), "12345");
            JobFolder.Lease first = folder.lease(NAME, 5);
            JobFolder.Lease second = folder.lease(NAME, 5);
            folder.remove(NAME);
            assertThatThrownBy(() -> folder.lease(NAME, 5)).isInstanceOf(JobException.class);
            first.close();
            first.close();
            assertThat(folder.file(NAME)).exists();
            second.close();
            assertThat(folder.file(NAME)).doesNotExist();
        }
    }

    @Test
    void only_what_was_made_here_is_ever_cleared_away() throws IOException {
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            Files.writeString(folder.file(NAME), "owned");
            Files.writeString(folder.file("events_20260208_103000_job2.json"), "left over");
            Files.writeString(folder.file("holiday.jpg"), "somebody's");
            Path work = Files.createDirectory(folder.file(".tandem-01234567-89ab-cdef-0123-456789abcdef.tmp"));
            Files.writeString(work.resolve("part-1"), "half");
            folder.removeAllBut(Set.of(NAME));
            try (var left = Files.list(folder.files())) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder(NAME, "holiday.jpg");
            }
        }
    }
}
