package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.CredentialsFile;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.source.TandemSourceConnector;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem logout}. */
@Command(
        name = "logout",
        description = "Log out: remove saved credentials and the cached token.",
        footer = {"", "Examples:", "  tandem logout"})
class LogoutCommand implements Runnable {
    @Mixin
    CredentialsOptions credentialsOptions;

    private final CommandSettings commandSettings;
    private final TandemSourceConnector source;
    private final Output output;

    LogoutCommand(CommandSettings commandSettings, TandemSourceConnector source, Output output) {
        this.commandSettings = commandSettings;
        this.source = source;
        this.output = output;
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(credentialsOptions.overrides());
        CredentialsFile file = new CredentialsFile(settings.credentialsFile().value());
        boolean removed = file.delete();
        settings.cacheDirectories().forEach(source::logout);
        if (output.isJson()) {
            output.json(Map.of("credentials_file", file.path().toString(), "removed", removed));
        } else {
            output.summary(
                    removed
                            ? "Removed " + file.path() + " and the cached token."
                            : "There was no credentials file; the cached token is removed.");
        }
    }
}
