package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FilePublisherTest {
    @TempDir
    Path folder;

    private Path complete;
    private Path target;

    @BeforeEach
    void write_a_complete_file() throws IOException {
        complete = Files.writeString(folder.resolve(".complete.tmp"), "new");
        target = folder.resolve("final.csv");
    }

    @Test
    void a_complete_file_gets_its_name_and_loses_the_hidden_one() {
        new FilePublisher(false).publish(complete, target);

        assertThat(target).hasContent("new");
        assertThat(complete).doesNotExist();
    }

    @Test
    void a_file_that_is_there_already_stays_as_it_is() throws IOException {
        Files.writeString(target, "old");

        assertThatThrownBy(() -> new FilePublisher(false).publish(complete, target))
                .isInstanceOf(ExportException.class)
                .hasMessage("The file " + target + " exists already and was not changed.");
        assertThat(target).hasContent("old");
    }

    @Test
    void a_link_that_leads_nowhere_is_not_replaced_either() throws IOException {
        Files.createSymbolicLink(target, folder.resolve("gone"));

        assertThatThrownBy(() -> new FilePublisher(false).check(target)).isInstanceOf(ExportException.class);
    }

    @Test
    void with_overwrite_a_file_is_replaced() throws IOException {
        Files.writeString(target, "old");

        new FilePublisher(true).publish(complete, target);

        assertThat(target).hasContent("new");
        assertThat(complete).doesNotExist();
    }

    @Test
    void a_folder_is_never_replaced() throws IOException {
        Files.createDirectory(target);

        assertThatThrownBy(() -> new FilePublisher(true).publish(complete, target))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("is not a file");
        assertThat(target).isDirectory();
    }

    @Test
    void a_folder_that_has_vanished_is_an_error_that_names_the_file() {
        Path lost = folder.resolve("gone").resolve("final.csv");

        assertThatThrownBy(() -> new FilePublisher(false).publish(complete, lost))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(lost.toString());
    }
}
