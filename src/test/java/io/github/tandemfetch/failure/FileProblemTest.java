package io.github.tandemfetch.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class FileProblemTest {
    @TempDir
    Path folder;

    @Test
    void a_reason_is_words_and_no_name_of_a_class() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(FileProblem.reason(catchThrowable(() -> Files.readString(folder.resolve("none")))))
                .isEqualTo("no such file or folder");
        assertThat(FileProblem.reason(catchThrowable(() -> Files.createDirectory(file))))
                .isEqualTo("the name is taken by another kind of file");
        assertThat(FileProblem.reason(catchThrowable(() -> Files.createDirectory(file.resolve("below")))))
                .containsIgnoringCase("not a directory");
        assertThat(FileProblem.reason(new IOException("anything"))).isEqualTo("input or output error");
    }
}
