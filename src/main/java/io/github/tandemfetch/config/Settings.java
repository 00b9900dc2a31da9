package io.github.tandemfetch.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting with the place it came from. Made by {@link SettingsLoader}; all paths are absolute. As text it shows
 * no value.
 *
 * @param database the DuckDB file
 * @param exportDirectory the folder for exported files
 * @param jobsDirectory the folder of the export jobs' store and files
 * @param credentialsFile the credentials file, which need not exist
 * @param email the account's e-mail address
 * @param password the account's password
 * @param region where the account was made
 * @param timezone the person's time zone; always set
 * @param pumpSerial the one pump to work with; not set means all
 * @param endpointSettings the addresses that replace the region's
 * @param cacheDirectory the folder of the token cache
 * @param warnings what a person should know about the settings
 */
public record Settings(
        Setting<Path> database,
        Setting<Path> exportDirectory,
        Setting<Path> jobsDirectory,
        Setting<Path> credentialsFile,
        Setting<String> email,
        Setting<Secret> password,
        Setting<Region> region,
        Setting<ZoneId> timezone,
        Setting<String> pumpSerial,
        EndpointSettings endpointSettings,
        Setting<Path> cacheDirectory,
        List<SettingsWarning> warnings) {
    /** Copies the warnings; all parts are required. */
    public Settings {
        Objects.requireNonNull(endpointSettings, "endpointSettings");
        warnings = List.copyOf(warnings);
    }

    /**
     * Whether a login can be tried.
     *
     * @return true where e-mail, password and region are set
     */
    public boolean hasCredentials() {
        return email.isSet() && password.isSet() && region.isSet();
    }

    /**
     * What a login needs.
     *
     * @return e-mail, password and region
     * @throws ConfigurationException that names each one missing, and the places where it can be given
     */
    public Credentials requireCredentials() {
        List<String> missing = new ArrayList<>();
        missing(missing, email, "e-mail", CredentialsFile.EMAIL, SettingsLoader.EMAIL_VARIABLE);
        missing(missing, password, "password", CredentialsFile.PASSWORD, SettingsLoader.PASSWORD_VARIABLE);
        missing(missing, region, "region", CredentialsFile.REGION, SettingsLoader.REGION_VARIABLE);
        if (!missing.isEmpty()) {
            Path file = credentialsFile.value();
            boolean there = new CredentialsFile(file).exists();
            throw new ConfigurationException(
                    ConfigurationException.CREDENTIALS_MISSING,
                    "Not set: " + String.join("; ", missing) + ". The credentials file " + (there ? "is " : "would be ")
                            + file + (there ? "." : ", which does not exist."),
                    "Run `tandem login`, or set what is missing in the table [tandem] of that file or in the environment.");
        }
        return new Credentials(email.value(), password.value(), region.value());
    }

    /**
     * The folder for the token and the memory of refused passwords: that of the settings; else one beside the database;
     * else one in the system's temporary folder. Without that memory, a wrong password in a cron line locks the account.
     *
     * @return a private folder that was created if it was not there; the one of the settings where none can be used, in
     *     which case a password is not sent
     */
    public Path usableCacheDirectory() {
        Path wanted = cacheDirectory.value();
        return Stream.concat(
                        Stream.of(wanted).filter(folder -> new PrivateFolder(folder).isWritable()),
                        substitutes()
                                .filter(folder -> new PrivateFolder(folder).isWritable())
                                .filter(folder -> new PrivateFolder(folder).isOwn()))
                .findFirst()
                .orElse(wanted);
    }

    /**
     * Every folder in which a token may lie, now or from an earlier run.
     *
     * @return that of the settings first, which need not exist; nothing is created
     */
    public List<Path> cacheDirectories() {
        return Stream.concat(Stream.of(cacheDirectory.value()), substitutes().filter(folder -> new PrivateFolder(folder)
                        .isOwn()))
                .toList();
    }

    // The temporary folder is everybody's, and a folder of that name may be another user's.
    private Stream<Path> substitutes() {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
        return Stream.of(
                database.value().toAbsolutePath().resolveSibling(".tandem-cache"),
                Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve("tandem-cache-" + user));
    }

    /**
     * Where to reach the service, if the region is known.
     *
     * @return the region's addresses with the replaced ones in their place
     */
    public Optional<Endpoints> endpoints() {
        return region.optional().map(endpointSettings::over);
    }

    /**
     * Where to reach the service.
     *
     * @return the region's addresses with the replaced ones in their place
     * @throws ConfigurationException where the region is not known
     */
    public Endpoints requireEndpoints() {
        return endpoints()
                .orElseThrow(() -> new ConfigurationException(
                        ConfigurationException.CREDENTIALS_MISSING,
                        "The region of your account is not set.",
                        "Give --region US, --region EU or a country code, set " + SettingsLoader.REGION_VARIABLE
                                + ", or set the key region in the table [tandem] of " + credentialsFile.value() + "."));
    }

    /**
     * Every setting as {@code tandem status} shows it: the password masked, of the e-mail address no more than a person
     * needs to recognise it.
     *
     * @return in the order of the documentation
     */
    public List<SettingEntry> entries() {
        List<SettingEntry> entries = new ArrayList<>();
        entry(entries, "database", database);
        entry(entries, "export folder", exportDirectory);
        entry(entries, "jobs folder", jobsDirectory);
        entry(entries, "credentials file", credentialsFile);
        entry(entries, "e-mail", new Setting<>(email.isSet() ? masked(email.value()) : null, email.origin()));
        entry(entries, "password", password);
        entry(entries, "region", region);
        entry(entries, "timezone", timezone);
        entries.add(new SettingEntry(
                "pump",
                pumpSerial.isSet() ? pumpSerial.value() : "all",
                pumpSerial.origin().text()));
        endpointSettings.settings(region.value()).forEach((name, setting) -> entry(entries, name, setting));
        entry(entries, "cache folder", cacheDirectory);
        return entries;
    }

    private static void missing(List<String> missing, Setting<?> setting, String name, String key, String variable) {
        if (!setting.isSet()) {
            missing.add(name + " (key " + key + ", or " + variable + ")");
        }
    }

    private static void entry(List<SettingEntry> entries, String name, Setting<?> setting) {
        entries.add(new SettingEntry(
                name,
                setting.isSet() ? setting.value().toString() : "-",
                setting.origin().text()));
    }

    private static String masked(String email) {
        int at = email.lastIndexOf('@');
        return at < 1 ? "***" : email.substring(0, email.offsetByCodePoints(0, 1)) + "***" + email.substring(at);
    }

    @Override
    public String toString() {
        return "Settings[]";
    }
}
