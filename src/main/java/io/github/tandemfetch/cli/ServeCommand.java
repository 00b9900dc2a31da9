package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.jobs.DatabaseTurns;
import io.github.tandemfetch.jobs.JobSettings;
import io.github.tandemfetch.jobs.SyncMonitor;
import io.github.tandemfetch.watch.WatchOptions;
import io.github.tandemfetch.watch.WatchService;
import io.github.tandemfetch.web.ApiAccess;
import io.github.tandemfetch.web.JobServer;
import io.github.tandemfetch.web.ServerSettings;
import io.github.tandemfetch.web.TokenFile;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code tandem serve}. */
@Command(
        name = "serve",
        description = {"Serve export jobs over REST and a web page, until Ctrl-C.", "API documentation: /q/openapi"},
        footer = {
            "",
            "Examples:",
            "  tandem serve",
            "  tandem serve --port 0 --json | jq -r .url",
            "  tandem serve --sync-interval 5m --expire-after 7d",
            "  tandem serve --token auto",
            "  tandem serve --socket ~/.tandem.sock",
            "  tandem serve --host 0.0.0.0 --token-file token.txt --allowed-host nas.local"
        })
class ServeCommand implements Runnable {
    private static final String AUTO = "auto";
    private static final String TOKEN = "token";
    private static final int GREATEST_PORT = 65_535;
    private static final int MOST_WORKERS = 16;
    private static final int LONGEST_QUEUE = 1_000;

    @Spec
    CommandSpec spec;

    @Mixin
    AccountOptions accountOptions;

    @Option(
            names = "--port",
            defaultValue = "8001",
            description = "The port; 0 selects a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; other than loopback requires a token. Default: ${DEFAULT-VALUE}.")
    String host;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token that clients must send.")
    Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "auto",
            description =
                    "auto: create a bearer token, save it as 'token' in the jobs folder (mode 0600), print it once.")
    String newToken;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Listen on a Unix domain socket (mode 0600) instead of an address and a port.")
    Path socket;

    @Option(names = "--allowed-host", paramLabel = "NAME", description = "Additional host name to accept; repeatable.")
    List<String> allowedHosts = new ArrayList<>();

    @Option(
            names = "--jobs-dir",
            paramLabel = "DIR",
            description =
                    "Folder of the jobs and their files. TANDEM_JOBS_DIR; default: tandem/jobs in the state folder.")
    String jobsDirectory;

    @Option(
            names = "--workers",
            paramLabel = "JOBS",
            defaultValue = "" + JobSettings.WORKERS,
            description = "Maximum number of running jobs. Default: ${DEFAULT-VALUE}.")
    int workers;

    @Option(
            names = "--queue",
            paramLabel = "JOBS",
            defaultValue = "" + JobSettings.QUEUE,
            description = "Maximum number of queued jobs. Default: ${DEFAULT-VALUE}.")
    int queue;

    @Option(
            names = "--expire-after",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = TimeoutConverter.class,
            description = "Retention of completed files, such as 90m or 7d. Default: ${DEFAULT-VALUE}.")
    Duration expireAfter;

    @Option(
            names = "--download-timeout",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = TimeoutConverter.class,
            description = "Timeout of a download without progress. Default: ${DEFAULT-VALUE}.")
    Duration downloadTimeout;

    @Option(
            names = "--sync-interval",
            paramLabel = "TIME",
            converter = TimeoutConverter.class,
            description = "Also sync at this interval, such as 5m. Default: never.")
    Duration syncInterval;

    private final CommandSettings commandSettings;
    private final JobServer server;
    private final WatchService watch;
    private final SyncMonitor syncs;
    private final DatabaseTurns turns;
    private final Output output;

    ServeCommand(
            CommandSettings commandSettings,
            JobServer server,
            WatchService watch,
            SyncMonitor syncs,
            DatabaseTurns turns,
            Output output) {
        this.commandSettings = commandSettings;
        this.server = server;
        this.watch = watch;
        this.syncs = syncs;
        this.turns = turns;
        this.output = output;
    }

    @Override
    public void run() {
        requireWithin("--port", port, 0, GREATEST_PORT);
        requireWithin("--workers", workers, 1, MOST_WORKERS);
        requireWithin("--queue", queue, 1, LONGEST_QUEUE);
        requireOneListener();
        Settings settings = commandSettings.load(accountOptions.overrides().withJobsDirectory(jobsDirectory));
        commandSettings.sayAllPumps(settings, "export jobs have the data of all pumps");
        WatchOptions syncOptions = syncOptions();
        if (syncOptions != null) {
            settings.requireCredentials();
            settings.requireEndpoints();
        }
        JobSettings jobs = JobSettings.of(
                settings.database().value(), settings.jobsDirectory().value(), workers, queue, expireAfter);
        String token = newToken == null ? token() : TokenFile.random();
        int listening = server.start(
                jobs, new ServerSettings(host, port, socket, ApiAccess.of(host, allowedHosts, token), downloadTimeout));
        try {
            tell(listening, newToken == null ? null : written(token, settings));
            if (syncOptions != null) {
                sync(settings, syncOptions);
            }
            Quarkus.waitForExit();
        } finally {
            server.stop();
        }
    }

    private WatchOptions syncOptions() {
        try {
            return syncInterval == null ? null : WatchOptions.every(syncInterval);
        } catch (IllegalArgumentException e) {
            throw invalid("--sync-interval does not fit: " + e.getMessage() + ".", "Give a time such as 5m.");
        }
    }

    private void sync(Settings settings, WatchOptions options) {
        syncs.begin(options.interval());
        ServeSync listener = new ServeSync(syncs, output);
        listener.start(watch.loop(settings, turns::writing, options, listener));
    }

    // Not before the server has started: the folder, and its token, may be another server's.
    private Path written(String token, Settings settings) {
        Path file = settings.jobsDirectory().value().toAbsolutePath().resolve(TOKEN);
        new TokenFile(file).write(token);
        output.summary("Token, shown once: " + token);
        output.summary("It is in " + file + " (mode 0600) until the next start.");
        return file;
    }

    private void tell(int listening, Path tokenPath) {
        String address = socket == null
                ? "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listening
                : socket.toAbsolutePath().toString();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put(socket == null ? "url" : "socket", address);
            if (tokenPath != null) {
                document.put("token_file", tokenPath.toString());
            }
            output.json(document);
        } else {
            output.text(address);
        }
        output.summary("Listening on " + address + " (API: /q/openapi). Press Ctrl-C to stop.");
    }

    // An option that would be ignored is refused.
    private void requireOneListener() {
        if (newToken != null && (!newToken.equals(AUTO) || tokenFile != null)) {
            throw invalid(
                    "--token takes 'auto' only, and not together with --token-file.",
                    "Give --token auto, or a token of your own in a file with --token-file.");
        }
        ParseResult given = spec.commandLine().getParseResult();
        if (socket != null && (given.hasMatchedOption("--host") || given.hasMatchedOption("--port"))) {
            throw invalid("--socket listens on no address and no port.", "Leave out --host and --port, or --socket.");
        }
        if (tokenFile == null && newToken == null && socket == null && !ApiAccess.isLoopback(host)) {
            throw invalid(
                    host + " is not an address of this machine alone, and anybody there could read your data.",
                    "Give --token auto or --token-file, or leave --host out.");
        }
    }

    private String token() {
        if (tokenFile == null) {
            return null;
        }
        TokenFile file = new TokenFile(tokenFile);
        String token = file.read();
        if (file.isOpenToOthers()) {
            output.warning("Others can read the token file " + tokenFile + "; run: chmod 600 " + tokenFile);
        }
        return token;
    }

    private static void requireWithin(String option, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw invalid(
                    option + " " + value + " is out of range.",
                    "Give a number from " + least + " to " + greatest + ".");
        }
    }

    private static TandemException invalid(String message, String remedy) {
        return new TandemException("INVALID_ARGUMENTS", message, remedy, ExitStatus.INVALID_USAGE);
    }
}
