package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.SettingOverrides;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.RetryPolicy;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.source.SourceTimeouts;
import io.github.tandemfetch.source.TandemSourceConnector;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person with an account at a simulated service, and with a folder for everything that a run leaves. */
public final class Account implements AutoCloseable {
    /** The columns of all tables that two runs over the same history must agree in. */
    private static final List<String> COMPARABLE = List.of(
            "SELECT id, pump_serial, event_timestamp, raw_event_data::VARCHAR, sequence_group, sequence_number,"
                    + " event_code, pump_timestamp, device_assignment_id FROM raw_events ORDER BY id",
            "SELECT * EXCLUDE (created) FROM events ORDER BY id",
            "SELECT * FROM cgm_readings ORDER BY id",
            "SELECT * FROM basal_deliveries ORDER BY id");

    private static final List<String> COMPARABLE_WITHOUT_IDS = List.of(
            "SELECT pump_serial, event_timestamp, raw_event_data::VARCHAR, sequence_group, sequence_number"
                    + " FROM raw_events",
            "SELECT pump_serial, timestamp, time_basis, event_id, event_name, event_data::VARCHAR,"
                    + " sequence_group, sequence_number FROM events",
            "SELECT timestamp, cgm_reading, status, pump_serial FROM cgm_readings",
            "SELECT timestamp, profile_basal_rate, algorithm_basal_rate, temp_basal_rate, pump_serial"
                    + " FROM basal_deliveries");

    final SimulatedTandemSource service;

    private final SimulatorOptions options;
    private final Path folder;
    private final PipelineService pipeline = new PipelineService(
            new DatabaseOpener(),
            new TandemSourceConnector(
                    new RetryPolicy(5, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(3)),
                    SourceTimeouts.standard(),
                    new io.github.tandemfetch.config.Environment(
                            java.util.Map.of(),
                            java.nio.file.Path.of("").toAbsolutePath(),
                            java.nio.file.Path.of("").toAbsolutePath())),
            Clock.systemUTC());
    private final Map<String, String> more = new HashMap<>();

    public Account(Path folder, SimulatorOptions options) {
        this(folder, options, SimulatedTandemSource.start(options));
    }

    private Account(Path folder, SimulatorOptions options, SimulatedTandemSource service) {
        this.folder = folder;
        this.options = options;
        this.service = service;
    }

    /** The same account, from another folder. */
    public Account elsewhere(String name) {
        return new Account(folder.resolve(name), options, service);
    }

    /** The same account, from another folder, with a copy of what has been stored. */
    Account copied(String name) throws IOException {
        Account copy = elsewhere(name);
        Files.createDirectories(copy.folder);
        Files.copy(databaseFile(), copy.databaseFile());
        return copy;
    }

    Account with(String variable, String value) {
        more.put(variable, value);
        return this;
    }

    public Path databaseFile() {
        return folder.resolve("tandem.db");
    }

    public Settings settings() {
        Map<String, String> variables = new HashMap<>();
        variables.put("TANDEM_DB", databaseFile().toString());
        variables.put("TANDEM_EMAIL", options.email());
        variables.put("TANDEM_PASSWORD", options.password());
        variables.put("TANDEM_REGION", options.region());
        variables.put("TANDEM_TIMEZONE", options.zone().getId());
        variables.put("TANDEM_SSO_URL", service.ssoUrl().toString());
        variables.put("TANDEM_ACCOUNTS_URL", service.accountsUrl().toString());
        variables.put("TANDEM_SOURCE_URL", service.sourceUrl().toString());
        variables.put("TANDEM_REDIRECT_URI", service.redirectUri().toString());
        variables.put("TANDEM_CLIENT_ID", service.clientId());
        variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        variables.putAll(more);
        return new SettingsLoader(new Environment(variables, folder, folder)).load(SettingOverrides.none());
    }

    public SyncReport sync() {
        return sync(PipelineListener.SILENT);
    }

    public SyncReport sync(PipelineListener listener) {
        return pipeline.sync(settings(), SourceListener.silent(), listener);
    }

    public PipelineService pipeline() {
        return pipeline;
    }

    long count(String table) {
        return number("SELECT count(*) FROM " + table);
    }

    long number(String sql) {
        try (Database database = new DatabaseOpener().openForReading(databaseFile())) {
            return database.first(sql, row -> row.getLong(1)).orElseThrow();
        }
    }

    List<String> texts(String sql) {
        List<String> texts = new ArrayList<>();
        try (Database database = new DatabaseOpener().openForReading(databaseFile())) {
            database.forEach(sql, row -> texts.add(row.getString(1)));
        }
        return texts;
    }

    /** A digest of every row of every table, ids included; times of writing left out. */
    List<String> fingerprint() {
        return digests("count(*) || ' ' || md5(string_agg(md5(rows::VARCHAR), '' ORDER BY id))", COMPARABLE);
    }

    /** A digest of every row of every table, ids left out: events that come in another order get other ids. */
    List<String> rowsWithoutIds() {
        return digests("count(*) || ' ' || sum(hash(rows::VARCHAR))", COMPARABLE_WITHOUT_IDS);
    }

    private List<String> digests(String digest, List<String> queries) {
        try (Database database = new DatabaseOpener().openForReading(databaseFile())) {
            return queries.stream()
                    .map(rows -> database.first(
                                    "SELECT " + digest + " FROM (" + rows + ") rows", row -> row.getString(1))
                            .orElseThrow())
                    .toList();
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
