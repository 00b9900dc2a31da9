package io.github.tandemfetch.config;

import io.github.tandemfetch.failure.ExitStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CredentialsFileTest {
    @TempDir
    Path folder;

    private CredentialsFile file() {
        return new CredentialsFile(folder.resolve("new/credentials.toml"));
    }

    private static StoredCredentials withPassword(String password) {
        return new StoredCredentials("me@example.org", new Secret(password), "EU", "Europe/Berlin", "12");
    }

    private CredentialsFile written(String content) throws IOException {
        Path path = folder.resolve("credentials.toml");
        Files.writeString(path, content);
        return new CredentialsFile(path);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                " two words ",
                "q\"uote",
                "it's",
                "$HOME ${x} `x`",
                "back\\slash\\",
                "\\u0041",
                "Grüße",
                "😀",
                "'''",
                "\"\"\"",
                "line\nbreak\r\n",
                "tab\t",
                "\u0001\u007f",
                "# no comment",
                "a = \"b\"",
                "\u2028\uFEFF"
            })
    void a_password_is_read_as_it_was_written(String password) {
        file().write(withPassword(password));
        assertThat(file().read()).isEqualTo(withPassword(password));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_password_is_read_as_it_was_written(long seed) {
        Random random = new Random(seed);
        StringBuilder password = new StringBuilder("x");
        for (int i = random.nextInt(30); i > 0; i--) {
            int point = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(Character.MAX_CODE_POINT + 1);
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            password.appendCodePoint(surrogate ? 'ä' : point);
        }
        file().write(withPassword(password.toString()));
        assertThat(file().read().password().reveal()).as("seed %s", seed).isEqualTo(password.toString());
    }

    @Test
    void text_that_is_no_unicode_is_refused_instead_of_changed() {
        assertThatThrownBy(() -> file().write(withPassword("a\uD800b")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("password");
        assertThat(file().exists()).isFalse();
    }

    @Test
    void the_file_is_a_table_that_people_can_edit_and_the_owners_alone() throws IOException {
        file().write(new StoredCredentials("me@example.org", new Secret("p"), "US", null, null));
        assertThat(Files.readString(file().path()))
                .isEqualTo("[tandem]\nemail = \"me@example.org\"\npassword = \"p\"\nregion = \"US\"\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file().path().getParent())))
                .isEqualTo("rwx------");
        assertThat(file().isOpenToOthers()).isFalse();
        try (Stream<Path> files = Files.list(file().path().getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void an_open_file_is_replaced_by_a_private_one_and_a_link_stays_a_link() throws IOException {
        CredentialsFile target = written("[tandem]\n");
        Files.setPosixFilePermissions(target.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(target.isOpenToOthers()).isTrue();
        CredentialsFile link = new CredentialsFile(folder.resolve("link.toml"));
        Files.createSymbolicLink(link.path(), target.path());
        link.write(withPassword("p"));
        assertThat(target.isOpenToOthers()).isFalse();
        assertThat(Files.isSymbolicLink(link.path())).isTrue();
        assertThat(target.read()).isEqualTo(withPassword("p"));
    }

    @Test
    void a_file_system_without_permissions_will_do() throws IOException {
        URI zip = URI.create("jar:" + folder.resolve("disk.zip").toUri());
        try (FileSystem disk = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            CredentialsFile file = new CredentialsFile(disk.getPath("/a/credentials.toml"));
            file.write(withPassword("p"));
            file.write(withPassword("q"));
            assertThat(file.read()).isEqualTo(withPassword("q"));
            assertThat(file.isOpenToOthers()).isFalse();
            assertThat(file.delete()).isTrue();
        }
    }

    @Test
    void a_missing_file_holds_nothing_and_is_no_failure() {
        assertThat(file().read()).isEqualTo(StoredCredentials.none());
        assertThat(file().delete()).isFalse();
    }

    @Test
    void empty_values_are_not_set() throws IOException {
        assertThat(written("\uFEFF[tandem]\r\nemail = ''\r\n").read()).isEqualTo(StoredCredentials.none());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[tandem]~password = 'canary | line 2, key \"password\"",
                "[tandem]~password = canary | line 2, key \"password\"",
                "[tandem]~password = \"can\\qary\" | line 2, key \"password\"",
                "[tandem]~password = \"x\" canary | line 2, key \"password\"",
                "[tandem~email='a' | line 1",
                "[tandem]~email='a'~email='b' | line",
                "[tandem]~~password = 12 | line 3: key \"password\" must be text",
                "[tandem]~region = ['US'] | line 2: key \"region\" must be text",
                "[tandem]~pasword = 'canary' | line 2: unknown key \"pasword\"",
                "password = 'canary' | line 1: unknown key \"password\"",
                "[tandm]~email = 'a' | line 1: unknown key \"tandm\"",
                "tandem = 'canary' | line 1: \"tandem\" must be a table",
                "[[tandem]]~email = 'a' | line 1: \"tandem\" must be a table",
                "'' | has no table [tandem]"
            })
    void a_malformed_file_is_named_with_its_line_and_key_and_never_quoted(String content, String expected)
            throws IOException {
        CredentialsFile file = written(content.equals("''") ? "" : content.replace('~', '\n'));
        assertThatThrownBy(file::read).isInstanceOfSatisfying(ConfigurationException.class, failure -> {
            assertThat(failure)
                    .hasMessageContaining(file.path().toString())
                    .hasMessageContaining(expected)
                    .hasNoCause();
            assertThat(failure.getMessage() + failure.remedy()).doesNotContain("canary");
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
        });
    }

    @Test
    void a_misspelt_key_gets_a_suggestion() throws IOException {
        for (List<String> pair : List.of(
                List.of("[tandem]\npasword = ''", "\"password\""),
                List.of("[tandem]\npumpserial = ''", "\"pump_serial\""),
                List.of("[Tandem]\nemail = ''", "\"tandem\""),
                List.of("email = ''", "below a line [tandem]"))) {
            CredentialsFile file = written(pair.get(0));
            assertThatThrownBy(file::read)
                    .isInstanceOfSatisfying(ConfigurationException.class, f -> assertThat(f.remedy())
                            .contains(pair.get(1)));
        }
    }

    @Test
    void a_file_that_is_no_text_and_a_folder_are_errors() throws IOException {
        Path path = folder.resolve("latin1.toml");
        Files.write(path, "[tandem]\npassword = 'canary-ü'".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new CredentialsFile(path).read())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("UTF-8")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> new CredentialsFile(folder).read())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }
}
