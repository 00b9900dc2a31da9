package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenFileTest {
    @TempDir
    Path folder;

    @Test
    void a_created_token_is_its_owners_only_and_another_one_each_time() throws IOException {
        Path path = folder.resolve("token");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(path, elsewhere);
        TokenFile file = new TokenFile(path);
        String token = TokenFile.random();
        file.write(token);
        assertThat(file.read()).isEqualTo(token).matches("[0-9a-f]{64}").isNotEqualTo(TokenFile.random());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(path).isRegularFile();
        assertThat(Files.isSymbolicLink(path)).isFalse();
        assertThat(elsewhere).hasContent("mine");
    }

    @Test
    void a_token_that_cannot_be_written_is_said_with_what_to_do() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new TokenFile(file.resolve("token")).write(TokenFile.random()))
                .isInstanceOfSatisfying(TandemException.class, failure -> assertThat(failure.remedy())
                        .contains("--jobs-dir"));
    }
}
