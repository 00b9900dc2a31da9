package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOverrides;
import picocli.CommandLine.Option;

/** The options of commands that show what is stored of all pumps or of one. */
public class PumpOptions extends CredentialsOptions {
    @Option(
            names = "--pump",
            paramLabel = "SERIAL",
            description = "Only this pump. TANDEM_PUMP_SERIAL; default: all pumps.")
    String pumpSerial;

    @Override
    SettingOverrides overrides() {
        return new SettingOverrides(database, null, credentialsFile, null, null, pumpSerial);
    }
}
