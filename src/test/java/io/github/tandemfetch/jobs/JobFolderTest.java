package io.github.tandemfetch.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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
    void a_name_that_leads_out_of_the_folder_is_no_file_of_a_job() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside.csv"), "12345");
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            for (String name : List.of("../../outside.csv", outside.toString(), "..", "", "a/../../outside.csv")) {
                assertThatThrownBy(() -> folder.lease(name, 5)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> folder.remove(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(outside).hasContent("12345");
    }

    @Test
    void a_link_is_neither_read_nor_followed_when_it_is_removed() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside.csv"), "12345");
        Path others = Files.createDirectory(parent.resolve("others"));
        Files.writeString(others.resolve("mine.txt"), "mine");
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            for (Path target : List.of(outside, others)) {
                Files.createSymbolicLink(folder.file(NAME), target);
                assertThatThrownBy(() -> folder.lease(NAME, 5)).isInstanceOf(JobException.class);
                folder.remove(NAME);
                assertThat(folder.files()).isEmptyDirectory();
            }
            Path work = Files.createDirectory(folder.file(".tandem-01234567-89ab-cdef-0123-456789abcdef.tmp"));
            Files.createSymbolicLink(work.resolve("part-1"), others);
            folder.removeAllBut(Set.of());
            assertThat(folder.files()).isEmptyDirectory();
            Files.createDirectory(folder.file(NAME));
            assertThatThrownBy(() -> folder.lease(NAME, Files.size(folder.file(NAME))))
                    .isInstanceOf(JobException.class);
        }
        assertThat(outside).hasContent("12345");
        assertThat(others.resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void what_was_checked_is_what_is_read_whatever_has_the_name_later() throws IOException {
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            Files.writeString(folder.file(NAME), "12345");
            try (JobFolder.Lease lease = folder.lease(NAME, 5)) {
                Files.delete(folder.file(NAME));
                Files.createSymbolicLink(folder.file(NAME), Files.writeString(parent.resolve("outside"), "other"));
                ByteBuffer content = ByteBuffer.allocate(5);
                lease.content().read(content, 0);
                assertThat(new String(content.array(), StandardCharsets.US_ASCII))
                        .isEqualTo("12345");
            }
        }
    }

    @Test
    void no_more_than_some_may_read_a_file_at_the_same_time() throws IOException {
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            Files.writeString(folder.file(NAME), "12345");
            List<JobFolder.Lease> leases = new ArrayList<>();
            for (int i = 0; i < JobFolder.MOST_READERS; i++) {
                leases.add(folder.lease(NAME, 5));
            }
            assertThatThrownBy(() -> folder.lease(NAME, 5))
                    .isInstanceOfSatisfying(JobException.class, full -> assertThat(full.reason())
                            .isEqualTo(JobException.Reason.TOO_MANY_DOWNLOADS));
            leases.remove(0).close();
            folder.lease(NAME, 5).close();
            leases.forEach(JobFolder.Lease::close);
        }
    }

    @Test
    void only_what_was_made_here_is_ever_cleared_away() throws IOException {
        try (JobFolder folder = new JobFolder(parent.resolve("jobs"))) {
            folder.open();
            Files.writeString(folder.file(NAME), "owned");
            Files.writeString(folder.file("events_20260208_103000_job2.json"), "left over");
            Files.writeString(folder.files().resolve("holiday.jpg"), "somebody's");
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
