package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options that stand for settings; each goes before its environment variable and the credentials file. */
public class SettingsOptions extends AccountOptions {
    @Option(
            names = "--pump",
            paramLabel = "SERIAL",
            description = "Only this pump. TANDEM_PUMP_SERIAL; default: all pumps.")
    String pumpSerial;

    @Override
    SettingOverrides overrides() {
        return overrides(null);
    }

    SettingOverrides overrides(String outputDirectory) {
        return new SettingOverrides(database, outputDirectory, credentialsFile, region, timezone, pumpSerial);
    }
}
