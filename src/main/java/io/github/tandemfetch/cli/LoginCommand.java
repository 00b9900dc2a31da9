package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.CredentialsFile;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.config.SettingOrigin;
import io.github.tandemfetch.config.SettingOverrides;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.config.StoredCredentials;
import io.github.tandemfetch.source.TandemSourceConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem login}. */
@Command(
        name = "login",
        description = {"Log in to Tandem Source and save the credentials.", "On a terminal, prompts for missing values."
        },
        footer = {
            "",
            "Examples:",
            "  tandem login",
            "  tandem login --email me@example.org --region EU --password-stdin < password.txt"
        })
class LoginCommand implements Runnable {
    @Mixin
    SettingsOptions settingsOptions;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The account's e-mail address. TANDEM_EMAIL.")
    String email;

    @ArgGroup
    PasswordOptions passwordOptions = new PasswordOptions();

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final TandemSourceConnector source;
    private final Prompt prompt;
    private final Output output;

    LoginCommand(CommandSettings commandSettings, TandemSourceConnector source, Prompt prompt, Output output) {
        this.commandSettings = commandSettings;
        this.source = source;
        this.prompt = prompt;
        this.output = output;
    }

    /** Where the password comes from; never an argument, which other users of the machine could see. */
    static class PasswordOptions {
        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Read the password from the first line of this file.")
        Path file;

        @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
        boolean stdin;
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(settingsOptions.overrides());
        String address = email != null
                ? email
                : settings.email().optional().orElseGet(() -> prompt.line("E-mail", null, "--email"));
        Region region = settings.region()
                .optional()
                .orElseGet(() -> Region.parse(prompt.line("Region (US, EU or a country code)", null, "--region")));
        Secret password = password(settings);
        Settings complete = commandSettings.load(settingsOptions.overrides().withRegion(region.name()));
        source.login(
                new Credentials(address.strip(), password, region),
                complete.requireEndpoints(),
                complete.usableCacheDirectory(),
                new PipelineConsole(output));

        CredentialsFile file = new CredentialsFile(settings.credentialsFile().value());
        file.write(new StoredCredentials(
                address.strip(),
                password,
                region.name(),
                timezone(settings),
                settings.pumpSerial().optional().orElse(null)));
        if (output.isJson()) {
            output.json(Map.of(
                    "credentials_file", file.path().toString(),
                    "region", region.name()));
        } else {
            output.summary("Logged in. The credentials are in " + file.path() + ", which only you can read.");
            output.summary("Next: tandem pumps, tandem sync");
        }
    }

    private Secret password(Settings settings) {
        if (passwordOptions.file != null) {
            try {
                return firstLine(Files.readString(passwordOptions.file), passwordOptions.file.toString());
            } catch (IOException e) {
                throw new ParameterException(
                        spec.commandLine(), "The file " + passwordOptions.file + " with the password cannot be read");
            }
        }
        if (passwordOptions.stdin) {
            try {
                return firstLine(new String(System.in.readAllBytes(), StandardCharsets.UTF_8), "Standard input");
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "The password cannot be read from standard input");
            }
        }
        boolean fromEnvironment = settings.password().origin().kind() == SettingOrigin.Kind.VARIABLE
                && settings.password().isSet();
        return fromEnvironment || (settings.password().isSet() && !prompt.canAsk())
                ? settings.password().value()
                : prompt.secret("Password", "--password-stdin");
    }

    private Secret firstLine(String text, String where) {
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new ParameterException(spec.commandLine(), where + " holds no password");
        }
        return new Secret(line);
    }

    private String timezone(Settings settings) {
        if (settings.timezone().origin().kind() != SettingOrigin.Kind.SYSTEM) {
            return settings.timezone().value().getId();
        }
        if (!prompt.canAsk()) {
            return null;
        }
        String answer = prompt.line(
                "Time zone where the pump is worn", settings.timezone().value().getId(), "--timezone");
        SettingOverrides given = settingsOptions.overrides();
        return commandSettings
                .load(new SettingOverrides(
                        given.database(),
                        given.outputDirectory(),
                        given.credentialsFile(),
                        given.region(),
                        answer,
                        given.pumpSerial()))
                .timezone()
                .value()
                .getId();
    }
}
