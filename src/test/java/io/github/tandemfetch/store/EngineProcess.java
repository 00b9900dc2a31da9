package io.github.tandemfetch.store;

import io.github.tandemfetch.store.duckdb.EngineLibrary;
import io.github.tandemfetch.store.duckdb.EngineLibraryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** Another process that loads the engine's library, since a process can do so only once. */
public final class EngineProcess {
    private final Path program;
    private final Path cache;
    private final Path temporary;
    private boolean preparing;

    public EngineProcess(Path program, Path cache, Path temporary) {
        this.program = program;
        this.cache = cache;
        this.temporary = temporary;
    }

    /** Has a thread prepare the library while others load it. */
    public EngineProcess preparing() {
        preparing = true;
        return this;
    }

    public Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineProcess.class.getName(),
                        program == null ? "" : program.toString(),
                        cache == null ? "" : cache.toString(),
                        temporary.toString(),
                        preparing ? "prepare" : "load")
                .redirectErrorStream(true)
                .start();
    }

    /** What the process says: the first word is the outcome. */
    public String run() throws IOException {
        return end(start());
    }

    public static String end(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws SQLException {
        EngineLibrary library = new EngineLibrary(path(args[0]), path(args[1]), Path.of(args[2]));
        if (args[3].equals("prepare")) {
            new DatabaseOpener(library).prepare();
            new DatabaseOpener(library).prepare().await();
            new DatabaseOpener(library).prepare();
        }
        try {
            library.load();
            library.load();
        } catch (EngineLibraryException e) {
            System.out.println("refused " + e.getMessage() + " " + e.remedy());
            return;
        }
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            System.out.println("loaded " + connection.getMetaData().getDatabaseProductVersion());
        }
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
