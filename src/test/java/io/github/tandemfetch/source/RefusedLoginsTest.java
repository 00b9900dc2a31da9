package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedLoginsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Endpoints US = Region.US.endpoints();
    private static final Credentials WRONG = credentials("canary@example.org", "canary-wrong");

    @TempDir
    Path folder;

    private static Credentials credentials(String email, String password) {
        return new Credentials(email, new Secret(password), Region.US);
    }

    @Test
    void exactly_the_refused_credentials_are_remembered() throws IOException {
        new RefusedLogins(folder).add(WRONG, US, Refusal.FOR_GOOD);
        RefusedLogins later = new RefusedLogins(folder);
        assertThat(later.find(WRONG, US, NOW)).contains(Refusal.FOR_GOOD);
        assertThat(later.find(credentials("canary@example.org", "other"), US, NOW))
                .isEmpty();
        assertThat(later.find(credentials("other@example.org", "canary-wrong"), US, NOW))
                .isEmpty();
        assertThat(later.find(WRONG, Region.EU.endpoints(), NOW)).isEmpty();
    }

    @Test
    void the_file_is_the_owners_alone_and_shows_neither_address_nor_password() throws IOException {
        new RefusedLogins(folder).add(WRONG, US, Refusal.FOR_GOOD);
        Path file = folder.resolve("refused-logins.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain("canary");
    }

    @Test
    void one_of_several_can_be_forgotten() throws IOException {
        Credentials second = credentials("canary@example.org", "second");
        RefusedLogins refused = new RefusedLogins(folder);
        refused.add(WRONG, US, Refusal.FOR_GOOD);
        refused.add(second, US, Refusal.FOR_GOOD);
        refused.remove(WRONG, US);
        assertThat(refused.find(WRONG, US, NOW)).isEmpty();
        assertThat(refused.find(second, US, NOW)).contains(Refusal.FOR_GOOD);
        assertThat(refused.clear()).isTrue();
        assertThat(refused.find(second, US, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "{\"salt\":\"*\"}", "{\"salt\":\"AAAA\",\"iterations\":1,\"hashes\":[\"x\"]}"})
    void a_file_that_holds_something_else_holds_none(String content) throws IOException {
        Files.writeString(folder.resolve("refused-logins.json"), content);
        RefusedLogins refused = new RefusedLogins(folder);
        assertThat(refused.find(WRONG, US, NOW)).isEmpty();
        refused.add(WRONG, US, Refusal.FOR_GOOD);
        assertThat(refused.find(WRONG, US, NOW)).contains(Refusal.FOR_GOOD);
    }

    @Test
    void a_lock_is_remembered_for_an_hour_beside_a_wrong_password() throws IOException {
        Credentials locked = credentials("locked@example.org", "canary");
        RefusedLogins refused = new RefusedLogins(folder);
        refused.add(WRONG, US, Refusal.FOR_GOOD);
        refused.add(locked, US, Refusal.lock(NOW));

        assertThat(refused.find(locked, US, NOW.plus(Duration.ofMinutes(59))))
                .hasValueSatisfying(refusal -> assertThat(refusal.locked()).isTrue());
        assertThat(refused.find(locked, US, NOW.plus(Duration.ofMinutes(60)))).isEmpty();
        assertThat(refused.find(locked, US, NOW.minus(Duration.ofDays(1))))
                .as("noted by a clock that was wrong")
                .isEmpty();
        assertThat(refused.find(WRONG, US, NOW.plus(Duration.ofDays(900)))).contains(Refusal.FOR_GOOD);
    }
}
