package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.config.SettingsWarning;
import jakarta.inject.Singleton;

/** Loads a command's settings and says what a person should know about them. */
@Singleton
public class CommandSettings {
    private final SettingsLoader loader;
    private final Output output;

    CommandSettings(SettingsLoader loader, Output output) {
        this.loader = loader;
        this.output = output;
    }

    /**
     * Loads the settings.
     *
     * @param overrides the command's options
     * @return the settings
     * @throws io.github.tandemfetch.config.ConfigurationException where a setting is not valid
     */
    public Settings load(SettingOverrides overrides) {
        Settings settings = loader.load(overrides);
        settings.warnings().stream()
                .filter(warning -> warning.kind() == SettingsWarning.Kind.CREDENTIALS_FILE_OPEN)
                .forEach(warning -> output.warning(warning.message()));
        return settings;
    }

    /** Says that a command looks at all pumps, where one is chosen by the environment or the credentials file. */
    void sayAllPumps(Settings settings, String what) {
        if (settings.pumpSerial().isSet()) {
            output.note("Only pump " + settings.pumpSerial().value() + " is chosen ("
                    + settings.pumpSerial().origin().text() + "), which does not apply here: " + what + ".");
        }
    }
}
