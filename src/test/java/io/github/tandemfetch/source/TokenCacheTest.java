package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Credentials ME =
            new Credentials("canary@example.org", new Secret("canary-password"), Region.US);
    private static final Endpoints US = Region.US.endpoints();
    private static final Session SESSION = new Session(new Secret("token"), "pumper", "account", NOW.plusSeconds(3600));

    @TempDir
    Path folder;

    private Path cacheFolder;
    private TokenCache cache;

    @BeforeEach
    void fill() throws IOException {
        cacheFolder = folder.resolve("a/tandem");
        cache = at(NOW);
        cache.keep(ME, US, SESSION);
    }

    private TokenCache at(Instant instant) {
        return new TokenCache(cacheFolder, Clock.fixed(instant, ZoneOffset.UTC));
    }

    @Test
    void a_kept_token_is_found_again() {
        assertThat(cache.find(ME, US)).contains(SESSION);
    }

    @Test
    void file_and_folder_are_the_owners_alone_and_nothing_else_is_left_there() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cacheFolder.resolve("token.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cacheFolder)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(cacheFolder)) {
            assertThat(files).containsExactly(cacheFolder.resolve("token.json"));
        }
        assertThat(Files.readString(cacheFolder.resolve("token.json"))).doesNotContain("canary");
    }

    @Test
    void a_token_is_no_longer_used_five_minutes_before_it_expires() {
        assertThat(at(NOW.plusSeconds(3299)).find(ME, US)).isPresent();
        assertThat(at(NOW.plusSeconds(3300)).find(ME, US)).isEmpty();
    }

    @Test
    void the_token_of_another_account_or_service_is_none() {
        assertThat(cache.find(new Credentials("other@example.org", ME.password(), Region.US), US))
                .isEmpty();
        assertThat(cache.find(ME, Region.EU.endpoints())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "null", "{\"account\":1}", "{\"accessToken\":\"x\"}"})
    void a_file_that_holds_something_else_holds_no_token(String content) throws IOException {
        Files.writeString(cacheFolder.resolve("token.json"), content);
        assertThat(cache.find(ME, US)).isEmpty();
        cache.keep(ME, US, SESSION);
        assertThat(cache.find(ME, US)).isPresent();
    }

    @Test
    void a_cleared_cache_holds_no_token() throws IOException {
        assertThat(cache.clear()).isTrue();
        assertThat(cache.find(ME, US)).isEmpty();
        assertThat(cache.clear()).isFalse();
    }

    @Test
    void no_secret_shows_in_the_text_of_a_session() {
        assertThat(SESSION.toString()).doesNotContain("token").doesNotContain("pumper");
    }
}
