package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tandem serve} of the packaged program, on a port of its own. */
final class ServeProcess implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final String url;

    private ServeProcess(Process process, Path folder, String url) {
        this.process = process;
        this.folder = folder;
        this.url = url;
    }

    static ServeProcess start(TandemProcess tandem, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--json", "-v"));
        arguments.addAll(List.of(options));
        Process process = tandem.start(arguments.toArray(String[]::new));
        Path out = tandem.folder().resolve("stdout");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(out).contains("}")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError(
                        "not up: " + Files.readString(tandem.folder().resolve("stderr")));
            }
            Thread.sleep(20);
        }
        String url =
                new ObjectMapper().readTree(Files.readString(out)).get("url").textValue();
        return new ServeProcess(process, tandem.folder(), url);
    }

    String url() {
        return url;
    }

    String api() {
        return url + "/api/v1/export";
    }

    int port() {
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    /** How many requests for a path have been answered. */
    long answers(String path) throws IOException {
        return log().lines()
                .filter(line -> line.startsWith("GET " + path + " 200 "))
                .count();
    }

    /** Ends as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends as the system asks for it; gives how many milliseconds that took. */
    long terminate() throws InterruptedException {
        long begun = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
