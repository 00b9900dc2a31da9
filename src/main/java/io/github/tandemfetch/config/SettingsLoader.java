package io.github.tandemfetch.config;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every setting's value: the flag, then the environment variable, then the credentials file, then the default.
 * Loading needs no credentials to be there; asking the {@link Settings} for them does.
 */
@Singleton
public class SettingsLoader {
    static final String EMAIL_VARIABLE = "TANDEM_EMAIL";
    static final String PASSWORD_VARIABLE = "TANDEM_PASSWORD";
    static final String REGION_VARIABLE = "TANDEM_REGION";
    private static final String TIMEZONE_VARIABLE = "TANDEM_TIMEZONE";
    private static final String PUMP_VARIABLE = "TANDEM_PUMP_SERIAL";

    private final Environment environment;

    /**
     * Creates a loader.
     *
     * @param environment what the process was started with
     */
    @Inject
    public SettingsLoader(Environment environment) {
        this.environment = environment;
    }

    /**
     * Loads all settings.
     *
     * @param overrides the command's flags
     * @return every setting with its origin
     * @throws ConfigurationException where a value cannot be used, or the credentials file is malformed
     */
    public Settings load(SettingOverrides overrides) {
        Setting<Path> database = path("--db", overrides.database(), "TANDEM_DB", "data/tandem.db");
        Setting<Path> exports = path("--output-dir", overrides.outputDirectory(), "TANDEM_EXPORT_DIR", "exports");
        Setting<Path> jobs = path(
                "--jobs-dir",
                overrides.jobsDirectory(),
                "TANDEM_JOBS_DIR",
                environment
                        .baseDirectory("XDG_STATE_HOME", ".local/state")
                        .resolve("tandem/jobs")
                        .toString());
        Setting<Path> credentialsPath = path(
                "--credentials",
                overrides.credentialsFile(),
                "TANDEM_CREDENTIALS",
                CredentialsFile.defaultPath(environment).toString());
        CredentialsFile file = new CredentialsFile(credentialsPath.value());
        StoredCredentials stored = file.read();
        List<SettingsWarning> warnings = new ArrayList<>();
        if (file.isOpenToOthers()) {
            warnings.add(new SettingsWarning(
                    SettingsWarning.Kind.CREDENTIALS_FILE_OPEN,
                    "Others can read the credentials file " + file.path() + "; run: chmod 600 " + file.path()));
        }
        Setting<ZoneId> timezone = timezone(overrides, file, stored);
        if (timezone.origin().kind() == SettingOrigin.Kind.SYSTEM) {
            warnings.add(new SettingsWarning(
                    SettingsWarning.Kind.SYSTEM_TIMEZONE,
                    "No time zone is set; using this system's, " + timezone.value()
                            + ". If the pump is used elsewhere, give --timezone or set " + TIMEZONE_VARIABLE + "."));
        }
        return new Settings(
                database,
                exports,
                jobs,
                credentialsPath,
                text(null, null, EMAIL_VARIABLE, file, CredentialsFile.EMAIL, stored.email()),
                password(file, stored),
                region(overrides, file, stored),
                timezone,
                text(
                        "--pump",
                        overrides.pumpSerial(),
                        PUMP_VARIABLE,
                        file,
                        CredentialsFile.PUMP_SERIAL,
                        stored.pumpSerial()),
                EndpointSettings.from(environment),
                cacheDirectory(),
                warnings);
    }

    private Setting<Path> cacheDirectory() {
        Path folder = environment.baseDirectory("XDG_CACHE_HOME", ".cache").resolve("tandem");
        boolean fromVariable =
                !folder.equals(environment.homeDirectory().resolve(".cache").resolve("tandem"));
        return new Setting<>(
                folder,
                fromVariable ? SettingOrigin.variable("XDG_CACHE_HOME") : SettingOrigin.of(SettingOrigin.Kind.DEFAULT));
    }

    private Setting<Path> path(String flag, String flagValue, String variable, String defaultValue) {
        Setting<String> text = Optional.ofNullable(flagValue)
                .map(value -> new Setting<>(value, SettingOrigin.flag(flag)))
                .or(() -> fromVariable(variable))
                .orElseGet(() -> new Setting<>(defaultValue, SettingOrigin.of(SettingOrigin.Kind.DEFAULT)));
        try {
            if (text.value().isBlank()) {
                throw new InvalidPathException(text.value(), "empty");
            }
            return new Setting<>(
                    environment.workingDirectory().resolve(text.value()).normalize(), text.origin());
        } catch (InvalidPathException malformed) {
            throw new ConfigurationException(
                    ConfigurationException.SETTING_INVALID,
                    "The path given by " + text.origin().text() + " is empty or has a character no path can have.",
                    "Give the path of a file or folder; for letters beyond ASCII, set LC_ALL=C.UTF-8.");
        }
    }

    private Setting<Secret> password(CredentialsFile file, StoredCredentials stored) {
        Optional<String> variable = environment.variable(PASSWORD_VARIABLE);
        if (variable.isPresent()) {
            return new Setting<>(new Secret(variable.get()), SettingOrigin.variable(PASSWORD_VARIABLE));
        }
        return stored.password() == null
                ? Setting.notSet()
                : new Setting<>(stored.password(), SettingOrigin.file(file.path(), CredentialsFile.PASSWORD));
    }

    private Setting<Region> region(SettingOverrides overrides, CredentialsFile file, StoredCredentials stored) {
        Setting<String> text =
                text("--region", overrides.region(), REGION_VARIABLE, file, CredentialsFile.REGION, stored.region());
        if (!text.isSet()) {
            return Setting.notSet();
        }
        Region region = Region.named(text.value())
                .orElseThrow(() -> invalid(
                        text, file, CredentialsFile.REGION, "is not a region of Tandem Source", Region.ACCEPTED));
        return new Setting<>(region, text.origin());
    }

    private Setting<ZoneId> timezone(SettingOverrides overrides, CredentialsFile file, StoredCredentials stored) {
        Setting<String> text = text(
                "--timezone",
                overrides.timezone(),
                TIMEZONE_VARIABLE,
                file,
                CredentialsFile.TIMEZONE,
                stored.timezone());
        if (!text.isSet()) {
            return new Setting<>(ZoneId.systemDefault(), SettingOrigin.of(SettingOrigin.Kind.SYSTEM));
        }
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(text.value())) {
            throw invalid(
                    text,
                    file,
                    CredentialsFile.TIMEZONE,
                    "is not an IANA time zone",
                    SettingText.nearest(text.value(), known)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Give a name such as America/New_York or Europe/Berlin."));
        }
        return new Setting<>(ZoneId.of(text.value()), text.origin());
    }

    private static ConfigurationException invalid(
            Setting<String> text, CredentialsFile file, String key, String problem, String remedy) {
        String shown = "\"" + SettingText.printable(text.value()) + "\"";
        return text.origin().kind() == SettingOrigin.Kind.FILE
                ? file.invalidValue(key, "is " + shown + ", which " + problem + ".", remedy)
                : new ConfigurationException(
                        ConfigurationException.SETTING_INVALID,
                        shown + ", given by " + text.origin().text() + ", " + problem + ".",
                        remedy);
    }

    private Setting<String> text(
            String flag, String flagValue, String variable, CredentialsFile file, String key, String stored) {
        if (flagValue != null) {
            return new Setting<>(flagValue.strip(), SettingOrigin.flag(flag));
        }
        return fromVariable(variable)
                .or(() -> Optional.ofNullable(stored)
                        .map(value -> new Setting<>(value, SettingOrigin.file(file.path(), key))))
                .map(found -> new Setting<>(found.value().strip(), found.origin()))
                .filter(found -> !found.value().isEmpty())
                .orElseGet(Setting::notSet);
    }

    private Optional<Setting<String>> fromVariable(String variable) {
        return environment.variable(variable).map(value -> new Setting<>(value, SettingOrigin.variable(variable)));
    }
}
