package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options of commands that work on the database alone. */
public class DatabaseOptions {
    @Option(names = "--db", paramLabel = "FILE", description = "The database. TANDEM_DB; default: data/tandem.db.")
    String database;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Where the pump is worn, such as Europe/Berlin. TANDEM_TIMEZONE; default: the system's.")
    String timezone;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "The credentials file, which may name the timezone. TANDEM_CREDENTIALS.")
    String credentialsFile;

    SettingOverrides overrides() {
        return new SettingOverrides(database, null, credentialsFile, null, timezone, null);
    }
}
