package io.github.tandemfetch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the packaged program as a person would, in a folder and with an environment of its own. The engine's library,
 * which takes longest of a first start, has been unpacked by an earlier one, unless a test asks for a first start.
 */
final class TandemProcess {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private boolean firstStart;
    private String umask = "022";

    TandemProcess(Path folder) {
        this.folder = folder;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("LC_ALL", "C");
    }

    /** What a run left behind. */
    record Result(int exitCode, String out, String err) {
        Result exits(int expected) {
            assertThat(exitCode)
                    .as("exit code; stdout: %s stderr: %s", out, err)
                    .isEqualTo(expected);
            return this;
        }

        JsonNode json() {
            return read(out);
        }

        JsonNode errorJson() {
            return read(err);
        }

        private static JsonNode read(String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not one JSON document: " + text, e);
            }
        }
    }

    TandemProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    TandemProcess withSystemProperties(Map<String, String> properties) {
        systemProperties.putAll(properties);
        return this;
    }

    /** Takes a variable away, such as the home folder. */
    TandemProcess without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** The program has never been run from this folder before. */
    TandemProcess forTheFirstTime() {
        firstStart = true;
        return this;
    }

    /** What others may do with new files, unless the program sees to it. */
    TandemProcess withUmask(String mask) {
        umask = mask;
        return this;
    }

    /** The environment of a person whose account is at the simulated service. */
    TandemProcess account(SimulatedTandemSource service, SimulatorOptions options) {
        return service(service)
                .with("TANDEM_EMAIL", options.email())
                .with("TANDEM_PASSWORD", options.password())
                .with("TANDEM_REGION", options.region())
                .with("TANDEM_TIMEZONE", options.zone().getId());
    }

    TandemProcess service(SimulatedTandemSource service) {
        return with("TANDEM_SSO_URL", service.ssoUrl().toString())
                .with("TANDEM_ACCOUNTS_URL", service.accountsUrl().toString())
                .with("TANDEM_SOURCE_URL", service.sourceUrl().toString())
                .with("TANDEM_REDIRECT_URI", service.redirectUri().toString())
                .with("TANDEM_CLIENT_ID", service.clientId());
    }

    Path folder() {
        return folder;
    }

    /** How many rows a table of the folder's database has. */
    long rows(String table) {
        try (Database database = new DatabaseOpener().openForReading(folder.resolve("data/tandem.db"))) {
            return database.first("SELECT count(*) FROM " + table, row -> row.getLong(1))
                    .orElseThrow();
        }
    }

    Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    Result runWithInput(String input, String... arguments) {
        try {
            Process process = start(arguments);
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after two minutes: " + List.of(arguments));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(folder.resolve("stdout")),
                    Files.readString(folder.resolve("stderr")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs the program on a terminal of its own, and answers what it asks; gives what the terminal shows. */
    String runOnTerminal(String input, String... arguments) throws IOException, InterruptedException {
        createHome();
        String line = PackagedProgram.command(arguments).stream()
                .map(part -> "'" + part.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("terminal").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("SHELL", "/bin/sh");
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(folder.resolve("terminal"));
    }

    /** Waits until a process has the folder's database open, and then for as long as a short statement takes. */
    void awaitOpenDatabase(Process process) throws IOException, InterruptedException {
        awaitOpenDatabase(process, folder.resolve("data/tandem.db").toRealPath());
    }

    /** Waits until a process has a database open that need not be there yet. */
    void awaitOpenDatabase(Process process, Path database) throws IOException, InterruptedException {
        Path descriptors = Path.of("/proc", String.valueOf(process.pid()), "fd");
        if (!Files.isDirectory(descriptors)) {
            TimeUnit.SECONDS.sleep(4);
            return;
        }
        while (!isAmong(descriptors, database)) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("stderr")))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(300);
    }

    private static boolean isAmong(Path descriptors, Path file) {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException closed) {
                    return false;
                }
            });
        } catch (IOException | UncheckedIOException ended) {
            return false;
        }
    }

    private void createHome() throws IOException {
        Path home = folder.resolve("home");
        if (!firstStart && !Files.exists(home)) {
            PackagedProgram.leaveLibrary(home.resolve(".cache"));
        }
        Files.createDirectories(home);
    }

    /** Starts the program and goes on; what it prints is in the files stdout and stderr of the folder. */
    Process start(String... arguments) throws IOException {
        createHome();
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(PackagedProgram.command(systemProperties, arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
