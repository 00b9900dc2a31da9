package io.github.tandemfetch.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsLoaderTest {
    @TempDir
    Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Path work;
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        home = Files.createDirectories(folder.resolve("home"));
    }

    private Settings load() {
        return load(SettingOverrides.none());
    }

    private Settings load(SettingOverrides overrides) {
        return new SettingsLoader(new Environment(variables, work, home)).load(overrides);
    }

    private Path credentials(String content) throws IOException {
        Path file = home.resolve(".config/tandem/credentials.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[tandem]\n" + content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private ConfigurationException failure(SettingOverrides overrides) {
        ConfigurationException[] caught = new ConfigurationException[1];
        assertThatThrownBy(() -> load(overrides))
                .isInstanceOfSatisfying(ConfigurationException.class, f -> caught[0] = f);
        return caught[0];
    }

    @Test
    void without_anything_the_documented_defaults_hold() {
        Settings settings = load();
        assertThat(settings.database().value()).isEqualTo(work.resolve("data/tandem.db"));
        assertThat(settings.exportDirectory().value()).isEqualTo(work.resolve("exports"));
        assertThat(settings.credentialsFile().value()).isEqualTo(home.resolve(".config/tandem/credentials.toml"));
        assertThat(settings.cacheDirectory().value()).isEqualTo(home.resolve(".cache/tandem"));
        assertThat(settings.timezone().value()).isEqualTo(ZoneId.systemDefault());
        assertThat(settings.pumpSerial().isSet()).isFalse();
        assertThat(settings.hasCredentials()).isFalse();
        assertThat(settings.endpoints()).isEmpty();
        assertThat(settings.database().origin().text()).isEqualTo("default");
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws IOException {
        Path file = credentials("region = 'us'\ntimezone = 'Europe/Rome'\npump_serial = '1'\n");
        assertThat(load().region().value()).isEqualTo(Region.US);
        assertThat(load().region().origin().text()).isEqualTo("file " + file + " (key region)");
        variables.put("TANDEM_REGION", "eu");
        variables.put("TANDEM_TIMEZONE", "Europe/Paris");
        variables.put("TANDEM_PUMP_SERIAL", "2");
        variables.put("TANDEM_DB", "/elsewhere/x.db");
        Settings settings = load();
        assertThat(settings.region().value()).isEqualTo(Region.EU);
        assertThat(settings.region().origin().text()).isEqualTo("environment TANDEM_REGION");
        assertThat(settings.timezone().value()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(settings.pumpSerial().value()).isEqualTo("2");
        assertThat(settings.database().value()).isEqualTo(Path.of("/elsewhere/x.db"));
        settings = load(new SettingOverrides("y.db", "out", null, "US", "Asia/Tokyo", "3"));
        assertThat(settings.region().value()).isEqualTo(Region.US);
        assertThat(settings.region().origin().text()).isEqualTo("flag --region");
        assertThat(settings.timezone().value()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(settings.pumpSerial().value()).isEqualTo("3");
        assertThat(settings.database().value()).isEqualTo(work.resolve("y.db"));
        assertThat(settings.exportDirectory().value()).isEqualTo(work.resolve("out"));
    }

    @Test
    void an_empty_variable_is_not_set_and_a_password_is_taken_as_it_is() throws IOException {
        credentials("email = 'a@b'\npassword = ' from file '\nregion = 'EU'\n");
        variables.put("TANDEM_PASSWORD", "");
        assertThat(load().password().value().reveal()).isEqualTo(" from file ");
        variables.put("TANDEM_PASSWORD", " $x\\ ");
        assertThat(load().requireCredentials()).isEqualTo(new Credentials("a@b", new Secret(" $x\\ "), Region.EU));
    }

    @Test
    void the_credentials_file_of_the_working_folder_comes_before_that_of_the_home_folder() throws IOException {
        credentials("email = 'home'\n");
        Path local = Files.createDirectories(work.resolve("sensitive")).resolve("credentials.toml");
        Files.writeString(local, "[tandem]\nemail = 'local'\n");
        assertThat(load().email().value()).isEqualTo("local");
        variables.put("TANDEM_CREDENTIALS", "../home/.config/tandem/credentials.toml");
        assertThat(load().email().value()).isEqualTo("home");
        assertThat(load(new SettingOverrides(null, null, local.toString(), null, null, null))
                        .email()
                        .value())
                .isEqualTo("local");
    }

    @Test
    void xdg_folders_count_where_they_are_absolute() {
        variables.put("XDG_CACHE_HOME", folder.resolve("c").toString());
        variables.put("XDG_CONFIG_HOME", "relative");
        assertThat(load().cacheDirectory().value()).isEqualTo(folder.resolve("c/tandem"));
        assertThat(load().credentialsFile().value()).isEqualTo(home.resolve(".config/tandem/credentials.toml"));
    }

    @Test
    void what_is_missing_for_a_login_is_named_with_the_places_to_give_it() throws IOException {
        variables.put("TANDEM_EMAIL", "a@b");
        assertThatThrownBy(load()::requireCredentials)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("password (key password, or TANDEM_PASSWORD)")
                .hasMessageContaining("region (key region, or TANDEM_REGION)")
                .hasMessageContaining("which does not exist")
                .hasMessageNotContaining("e-mail");
        Path file = credentials("password = 'p'\nregion='US'\n");
        variables.remove("TANDEM_EMAIL");
        assertThatThrownBy(load()::requireCredentials)
                .hasMessageContaining("e-mail")
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("password");
        assertThatThrownBy(() -> {
                    Files.delete(file);
                    load().requireEndpoints();
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("region");
    }

    @Test
    void a_value_that_cannot_be_used_names_its_place_and_what_was_meant() throws IOException {
        assertThat(failure(new SettingOverrides(null, null, null, "Europe", null, null)))
                .hasMessage("\"Europe\", given by flag --region, is not a region of Tandem Source.");
        variables.put("TANDEM_TIMEZONE", "Europe/Berln");
        ConfigurationException zone = failure(SettingOverrides.none());
        assertThat(zone).hasMessageContaining("environment TANDEM_TIMEZONE");
        assertThat(zone.remedy()).isEqualTo("Did you mean Europe/Berlin?");
        variables.clear();
        Path file = credentials("email = 'x'\ntimezone = '+02:00'\n");
        assertThat(failure(SettingOverrides.none()))
                .hasMessageContaining(file + ", line 3: key \"timezone\" is \"+02:00\"");
        assertThat(failure(new SettingOverrides(" ", null, null, null, null, null)))
                .hasMessageContaining("flag --db");
    }

    @Test
    void an_open_file_and_the_time_zone_of_the_system_are_warnings() throws IOException {
        Path file = credentials("email = 'x'\n");
        assertThat(load().warnings())
                .extracting(SettingsWarning::kind)
                .containsExactly(SettingsWarning.Kind.SYSTEM_TIMEZONE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        variables.put("TANDEM_TIMEZONE", "Europe/Rome");
        assertThat(load().warnings()).singleElement().satisfies(warning -> assertThat(warning.message())
                .contains("chmod 600 " + file));
    }

    @Test
    void endpoints_come_from_the_region_unless_they_are_replaced() {
        variables.put("TANDEM_REGION", "EU");
        assertThat(load().requireEndpoints()).isEqualTo(Region.EU.endpoints());
        variables.put("TANDEM_SSO_URL", "http://127.0.0.1:1/sso");
        variables.put("TANDEM_ACCOUNTS_URL", "http://localhost:1/accounts/api///");
        variables.put("TANDEM_SOURCE_URL", "https://source.example");
        variables.put("TANDEM_CLIENT_ID", "mine");
        variables.put("TANDEM_REDIRECT_URI", "http://[::1]:1/callback");
        Endpoints endpoints = load().requireEndpoints();
        assertThat(endpoints)
                .isEqualTo(new Endpoints(
                        "http://127.0.0.1:1/sso/",
                        "http://localhost:1/accounts/api",
                        "https://source.example/",
                        "mine",
                        "http://[::1]:1/callback"));
        assertThat(endpoints.sourceOrigin()).isEqualTo("https://source.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/",
                "http://127.0.0.1.example.org",
                "ftp://127.0.0.1/",
                "/path",
                "example.org",
                "http://",
                "https://user:canary@example.org/",
                "https://example.org/?a=canary",
                "https://exa mple.org/"
            })
    void an_address_that_would_leak_or_lead_nowhere_is_an_error(String url) {
        variables.put("TANDEM_SOURCE_URL", url);
        assertThat(failure(SettingOverrides.none()))
                .hasMessageContaining("TANDEM_SOURCE_URL")
                .hasMessageNotContaining("canary");
    }

    @Test
    void the_list_of_settings_masks_what_is_private() throws Exception {
        variables.put("TANDEM_EMAIL", "someone@example.org");
        variables.put("TANDEM_PASSWORD", "canary");
        variables.put("TANDEM_REGION", "US");
        Settings settings = load();
        Map<String, SettingEntry> entries =
                settings.entries().stream().collect(Collectors.toMap(SettingEntry::name, entry -> entry));
        assertThat(entries.get("password"))
                .isEqualTo(new SettingEntry("password", "********", "environment TANDEM_PASSWORD"));
        assertThat(entries.get("e-mail").value()).isEqualTo("s***@example.org");
        assertThat(entries.get("pump")).isEqualTo(new SettingEntry("pump", "all", "not set"));
        assertThat(entries.get("client id").origin()).isEqualTo("by region");
        Credentials credentials = settings.requireCredentials();
        String said = settings + " " + settings.password() + " " + settings.email() + " " + credentials + " "
                + settings.entries() + new Environment(variables, work, home) + credentials.password()
                + new ObjectMapper().writeValueAsString(credentials.password());
        assertThat(said).doesNotContain("canary").doesNotContain("someone");
    }

    @ParameterizedTest
    @CsvSource({"us,US", "EU,EU", "' eU ',EU"})
    void a_region_is_known_in_any_case(String text, Region region) {
        assertThat(Region.parse(text)).isEqualTo(region);
        assertThatThrownBy(() -> Region.parse(text + "x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("region");
    }

    @Test
    void where_the_cache_cannot_be_used_a_private_folder_beside_the_database_takes_its_place() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        variables.put("XDG_CACHE_HOME", file.toString());
        variables.put("TANDEM_DB", folder.resolve("data/tandem.db").toString());

        Path used = load().usableCacheDirectory();

        assertThat(used).isEqualTo(folder.resolve("data/.tandem-cache"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(used)))
                .isEqualTo("rwx------");
    }

    private Path usableWithTemporaryFolder(Path temporary) {
        String before = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            return load().usableCacheDirectory();
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    void where_nothing_beside_the_database_can_be_used_a_private_temporary_folder_takes_its_place() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        variables.put("XDG_CACHE_HOME", file.toString());
        variables.put("TANDEM_DB", file.resolve("tandem.db").toString());
        Path temporary = Files.createDirectory(folder.resolve("temporary"));

        Path used = usableWithTemporaryFolder(temporary);

        assertThat(used).hasParent(temporary);
        assertThat(used.getFileName().toString()).startsWith("tandem-cache-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(used)))
                .isEqualTo("rwx------");
        assertThat(usableWithTemporaryFolder(temporary)).isEqualTo(used);

        Files.setPosixFilePermissions(used, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(usableWithTemporaryFolder(temporary)).as("open to others").isEqualTo(file.resolve("tandem"));

        Files.delete(used);
        Files.createSymbolicLink(used, Files.createDirectory(folder.resolve("elsewhere")));
        assertThat(usableWithTemporaryFolder(temporary)).as("a link").isEqualTo(file.resolve("tandem"));
    }

    @Test
    void a_folder_beside_the_database_that_others_can_write_is_not_used() throws IOException {
        variables.put(
                "XDG_CACHE_HOME", Files.createFile(folder.resolve("a-file")).toString());
        variables.put("TANDEM_DB", folder.resolve("data/tandem.db").toString());
        Path shared = Files.createDirectories(folder.resolve("data/.tandem-cache"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path temporary = Files.createDirectory(folder.resolve("temporary"));

        assertThat(usableWithTemporaryFolder(temporary)).hasParent(temporary);
        assertThat(load().cacheDirectories()).doesNotContain(shared);
    }

    @Test
    void a_token_is_looked_for_in_every_folder_that_an_earlier_run_may_have_used() throws IOException {
        variables.put("TANDEM_DB", folder.resolve("data/tandem.db").toString());
        Path beside = folder.resolve("data/.tandem-cache");
        assertThat(load().cacheDirectories()).doesNotContain(beside);
        Files.createDirectories(beside);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwx------"));

        assertThat(load().cacheDirectories()).startsWith(load().cacheDirectory().value(), beside);
    }
}
