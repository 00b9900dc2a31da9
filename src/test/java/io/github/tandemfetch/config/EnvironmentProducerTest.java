package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentProducerTest {
    private static final Environment UNKNOWN = EnvironmentProducer.environment(Map.of(), "?");

    @Test
    void the_variable_goes_before_the_home_folder_of_the_account() {
        assertThat(EnvironmentProducer.environment(Map.of("HOME", "/a"), "/b").homeDirectory())
                .isEqualTo(Path.of("/a"));
        assertThat(EnvironmentProducer.environment(Map.of(), "/b").homeDirectory())
                .isEqualTo(Path.of("/b"));
    }

    @Test
    void without_a_home_folder_settings_load_and_nothing_lies_in_the_working_folder() {
        Settings settings = new SettingsLoader(UNKNOWN).load(SettingOverrides.none());

        assertThat(settings.hasCredentials()).isFalse();
        assertThat(settings.cacheDirectory().value()).isAbsolute();
        assertThat(settings.cacheDirectory().value().startsWith(UNKNOWN.workingDirectory()))
                .isFalse();
    }

    @Test
    void nothing_can_be_created_in_an_unknown_home_folder() throws IOException {
        Path folder = UNKNOWN.homeDirectory().resolve("below");

        assertThatThrownBy(() -> PrivateFile.createFolder(folder)).isInstanceOf(IOException.class);
        assertThat(Files.exists(folder)).isFalse();
    }
}
