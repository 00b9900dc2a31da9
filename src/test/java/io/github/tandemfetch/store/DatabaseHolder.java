package io.github.tandemfetch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that holds a database file open until its standard input ends. */
public final class DatabaseHolder {
    private static final String OPEN = "open";

    private DatabaseHolder() {}

    public static Process start(Path file) throws IOException {
        return start(file, "writing");
    }

    /** Holds it for reading only. */
    public static Process startReading(Path file) throws IOException {
        return start(file, "reading");
    }

    private static Process start(Path file, String purpose) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        file.toString(),
                        purpose)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] said = process.getInputStream().readNBytes(OPEN.length());
        if (!OPEN.equals(new String(said, StandardCharsets.UTF_8))) {
            throw new IllegalStateException("the other process did not open " + file);
        }
        return process;
    }

    public static void stop(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] args) throws IOException {
        DatabaseOpener opener = new DatabaseOpener();
        Path file = Path.of(args[0]);
        Database database = args[1].equals("reading") ? opener.openForReading(file) : opener.openForWriting(file);
        System.out.print(OPEN);
        System.out.flush();
        System.in.readAllBytes();
        database.close();
    }
}
