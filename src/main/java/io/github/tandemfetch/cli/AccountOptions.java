package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options of commands that fetch from the account and derive times. */
public class AccountOptions extends TimezoneOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            completionCandidates = RegionNames.class,
            description = "US, EU, or the account's country code. TANDEM_REGION; no default.")
    String region;

    @Override
    SettingOverrides overrides() {
        return new SettingOverrides(database, null, credentialsFile, region, timezone, null);
    }
}
