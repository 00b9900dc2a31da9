package io.github.tandemfetch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that holds a database file open for writing until its standard input ends. */
final class DatabaseHolder {
    private static final String OPEN = "open";

    private DatabaseHolder() {}

    static Process start(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] said = process.getInputStream().readNBytes(OPEN.length());
        if (!OPEN.equals(new String(said, StandardCharsets.UTF_8))) {
            throw new IllegalStateException("the other process did not open " + file);
        }
        return process;
    }

    static void stop(Process process) {
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
        Database database = new DatabaseOpener().openForWriting(Path.of(args[0]));
        System.out.print(OPEN);
        System.out.flush();
        System.in.readAllBytes();
        database.close();
    }
}
