package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedLoginsTest {
    private static final Endpoints US = Region.US.endpoints();
    private static final Credentials WRONG = credentials("canary@example.org", "canary-wrong");

    @TempDir
    Path folder;

    private static Credentials credentials(String email, String password) {
        return new Credentials(email, new Secret(password), Region.US);
    }

    @Test
    void exactly_the_refused_credentials_are_remembered() throws IOException {
        new RefusedLogins(folder).add(WRONG, US);
        RefusedLogins later = new RefusedLogins(folder);
        assertThat(later.contains(WRONG, US)).isTrue();
        assertThat(later.contains(credentials("canary@example.org", "other"), US))
                .isFalse();
        assertThat(later.contains(credentials("other@example.org", "canary-wrong"), US))
                .isFalse();
        assertThat(later.contains(WRONG, Region.EU.endpoints())).isFalse();
    }

    @Test
    void the_file_is_the_owners_alone_and_shows_neither_address_nor_password() throws IOException {
        new RefusedLogins(folder).add(WRONG, US);
        Path file = folder.resolve("refused-logins.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain("canary");
    }

    @Test
    void one_of_several_can_be_forgotten() throws IOException {
        Credentials second = credentials("canary@example.org", "second");
        RefusedLogins refused = new RefusedLogins(folder);
        refused.add(WRONG, US);
        refused.add(second, US);
        refused.remove(WRONG, US);
        assertThat(refused.contains(WRONG, US)).isFalse();
        assertThat(refused.contains(second, US)).isTrue();
        assertThat(refused.clear()).isTrue();
        assertThat(refused.contains(second, US)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "{\"salt\":\"*\"}", "{\"salt\":\"AAAA\",\"iterations\":1,\"hashes\":[\"x\"]}"})
    void a_file_that_holds_something_else_holds_none(String content) throws IOException {
        Files.writeString(folder.resolve("refused-logins.json"), content);
        RefusedLogins refused = new RefusedLogins(folder);
        assertThat(refused.contains(WRONG, US)).isFalse();
        refused.add(WRONG, US);
        assertThat(refused.contains(WRONG, US)).isTrue();
    }
}
