package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options of commands that derive times. */
public class TimezoneOptions extends CredentialsOptions {
    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Time zone of the pump, such as Europe/Berlin. TANDEM_TIMEZONE; default: the system's.")
    String timezone;

    @Override
    SettingOverrides overrides() {
        return new SettingOverrides(database, null, credentialsFile, null, timezone, null);
    }
}
