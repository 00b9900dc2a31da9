package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The option of commands that work on the database alone. */
public class DatabaseOptions {
    @Option(names = "--db", paramLabel = "FILE", description = "Database file. TANDEM_DB; default: data/tandem.db.")
    String database;

    SettingOverrides overrides() {
        return new SettingOverrides(database, null, null, null, null, null);
    }
}
