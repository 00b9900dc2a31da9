package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class UnfinishedFilesTest {
    @TempDir
    Path folder;

    @Test
    void what_is_left_when_the_export_ends_is_removed_folders_too() throws IOException {
        try (UnfinishedFiles unfinished = new UnfinishedFiles()) {
            Files.writeString(unfinished.newIn(folder), "half");
            Path spill = Files.createDirectory(unfinished.newIn(folder));
            Files.writeString(spill.resolve("block"), "x");
            unfinished.newIn(folder);
            assertThat(folder).isDirectoryContaining("glob:**/.tandem-*.tmp");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void every_name_is_hidden_and_its_own() throws IOException {
        try (UnfinishedFiles unfinished = new UnfinishedFiles()) {
            Path one = unfinished.newIn(folder);
            Path other = unfinished.newIn(folder);

            assertThat(one).isNotEqualTo(other);
            assertThat(Files.isHidden(one)).isTrue();
        }
    }
}
