package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options that stand for settings; each goes before its environment variable and the credentials file. */
public class SettingsOptions {
    @Option(names = "--db", paramLabel = "FILE", description = "The database. TANDEM_DB; default: data/tandem.db.")
    String database;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description =
                    "The credentials file. TANDEM_CREDENTIALS; default: sensitive/credentials.toml here, else tandem/credentials.toml in the configuration folder.")
    String credentialsFile;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            completionCandidates = RegionNames.class,
            description = "US, EU, or the code of the country where the account was made. TANDEM_REGION; no default.")
    String region;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Where the pump is worn, such as Europe/Berlin. TANDEM_TIMEZONE; default: the system's.")
    String timezone;

    @Option(
            names = "--pump",
            paramLabel = "SERIAL",
            description = "Only this pump. TANDEM_PUMP_SERIAL; default: all pumps.")
    String pumpSerial;

    SettingOverrides overrides() {
        return overrides(null);
    }

    SettingOverrides overrides(String outputDirectory) {
        return new SettingOverrides(database, outputDirectory, credentialsFile, region, timezone, pumpSerial);
    }
}
