package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options of commands that go by something in the credentials file. */
public class CredentialsOptions extends DatabaseOptions {
    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description =
                    "The credentials file. TANDEM_CREDENTIALS; default: sensitive/credentials.toml here, else tandem/credentials.toml in the configuration folder.")
    String credentialsFile;

    @Override
    SettingOverrides overrides() {
        return new SettingOverrides(database, null, credentialsFile, null, null, null);
    }
}
