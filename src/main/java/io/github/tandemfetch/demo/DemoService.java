package io.github.tandemfetch.demo;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.SettingOverrides;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.ExportSummary;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.pipeline.SyncReport;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.store.HiddenFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Does the whole job as for a real account: logs in, syncs, exports. The service is simulated on loopback, the database
 * is the demo's own and made anew each time, and no setting of the person's has a part in it.
 */
@Singleton
public class DemoService {
    private final PipelineService pipeline;
    private final ExportService exports;
    private final Environment environment;
    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param pipeline fetches, parses, extracts
     * @param exports writes the files
     * @param environment tells where the demo is run
     * @param clock tells the last day of the simulated history
     */
    public DemoService(PipelineService pipeline, ExportService exports, Environment environment, Clock clock) {
        this.pipeline = pipeline;
        this.exports = exports;
        this.environment = environment;
        this.clock = clock;
    }

    /** Hears how the demo gets on. */
    public interface Listener {
        /**
         * The simulated service has been started.
         *
         * @param source the simulated service
         */
        void serviceStarted(SimulatedTandemSource source);
    }

    /**
     * Runs the demo.
     *
     * @param days days of history of each pump
     * @param listener hears of the simulated service
     * @param sourceListener hears how the calls to the service get on
     * @param pipelineListener hears how the stages get on
     * @param exportListener hears how the export gets on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.TandemException where a step fails
     */
    public DemoReport run(
            int days,
            Listener listener,
            SourceListener sourceListener,
            PipelineListener pipelineListener,
            ExportListener exportListener) {
        Path database = environment.workingDirectory().resolve("data").resolve("demo.db");
        deleteDatabase(database);
        Path cache = makeCache();
        SimulatorOptions options = SimulatorOptions.defaults()
                .withDays(days)
                .withLastDay(
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1));
        try (SimulatedTandemSource service = SimulatedTandemSource.start(options)) {
            listener.serviceStarted(service);
            Settings settings = settings(service, options, database, cache);
            long begun = System.nanoTime();
            SyncReport sync = pipeline.sync(settings, sourceListener, pipelineListener);
            double syncSeconds = (System.nanoTime() - begun) / 1e9;
            ExportConfig config = ExportConfig.builder(clock.instant())
                    .outputDirectory(settings.exportDirectory().value())
                    .overwrite(true)
                    .build();
            ExportSummary export = exports.export(database, config, exportListener);
            return new DemoReport(database.toString(), sync, syncSeconds, export);
        } finally {
            deleteCache(cache);
        }
    }

    /** The settings of a person whose account is the simulated one, and who has no others. */
    private Settings settings(SimulatedTandemSource service, SimulatorOptions options, Path database, Path cache) {
        Map<String, String> variables = Map.ofEntries(
                Map.entry("TANDEM_EMAIL", options.email()),
                Map.entry("TANDEM_PASSWORD", options.password()),
                Map.entry("TANDEM_REGION", options.region()),
                Map.entry("TANDEM_TIMEZONE", options.zone().getId()),
                Map.entry("TANDEM_SSO_URL", service.ssoUrl().toString()),
                Map.entry("TANDEM_ACCOUNTS_URL", service.accountsUrl().toString()),
                Map.entry("TANDEM_SOURCE_URL", service.sourceUrl().toString()),
                Map.entry("TANDEM_REDIRECT_URI", service.redirectUri().toString()),
                Map.entry("TANDEM_CLIENT_ID", service.clientId()),
                Map.entry(
                        "TANDEM_CREDENTIALS", cache.resolve("credentials.toml").toString()),
                Map.entry("XDG_CACHE_HOME", cache.toString()));
        Environment own = new Environment(variables, environment.workingDirectory(), cache);
        return new SettingsLoader(own).load(new SettingOverrides(database.toString(), null, null, null, null, null));
    }

    private static void deleteDatabase(Path database) {
        for (Path file : List.of(database, database.resolveSibling(database.getFileName() + ".wal"))) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw notReplaceable(file, e);
            }
        }
    }

    private static Path makeCache() {
        try {
            return Files.createTempDirectory("tandem-demo");
        } catch (IOException e) {
            throw notReplaceable(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static void deleteCache(Path cache) {
        try {
            HiddenFolder.removeTree(cache);
        } catch (IOException e) {
            throw notReplaceable(cache, e);
        }
    }

    private static TandemException notReplaceable(Path file, Throwable cause) {
        return new TandemException(
                "DEMO_FAILED",
                "The demo cannot replace its own file " + file + ".",
                "Close the program that has it open, or check the permissions of its folder.",
                ExitStatus.STORAGE_FAILURE,
                cause);
    }
}
