package io.github.tandemfetch.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program and how the tests start it: the executable where one is named with
 * {@code -Dtandem.executable=PATH}, else the jar. What each of hundreds of short starts of a jar would do again is done
 * once: its classes are read and checked, and are kept in an archive of the JDK's, from which every later start has
 * them.
 */
final class PackagedProgram {
    private static final Path PREPARED = Path.of("target", "packaged-program").toAbsolutePath();
    // A start ends before the better compiler and the collector with threads of its own have paid off.
    private static final List<String> FOR_SHORT_RUNS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> START = start();

    private PackagedProgram() {}

    /** The words that run the program, from any folder. */
    static List<String> command(String... arguments) {
        return Stream.concat(START.stream(), Stream.of(arguments)).toList();
    }

    /** Where the starts that need not unpack the engine's library themselves find it. */
    static Path sharedLibraries() {
        return PREPARED.resolve("engine");
    }

    private static List<String> start() {
        try {
            Files.createDirectories(sharedLibraries());
            String executable = System.getProperty("tandem.executable", "");
            return executable.isEmpty()
                    ? startOfJar(Path.of(System.getProperty("tandem.jar", "target/tandem.jar"))
                            .toAbsolutePath())
                    : List.of(Path.of(executable).toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> startOfJar(Path jar) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // The archive fits one jar and one JDK; a JDK to which it does not fit starts without it.
        Path archive = PREPARED.resolve("classes-" + Runtime.version() + "-"
                + Files.getLastModifiedTime(jar).toMillis() + ".jsa");
        if (!Files.exists(archive)) {
            writeArchive(java, jar, archive);
        }
        return Stream.of(
                        Stream.of(java),
                        FOR_SHORT_RUNS.stream(),
                        // Not a word of the JDK's among what the program says.
                        Stream.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive, "-jar", jar.toString()))
                .flatMap(words -> words)
                .toList();
    }

    /** Two processes may do this at once; the archive of the slower one takes the place of the other's. */
    private static void writeArchive(String java, Path jar, Path archive) throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(PREPARED, "demo");
        Path written = place.resolve("classes.jsa");
        List<String> command = Stream.of(
                        Stream.of(java),
                        FOR_SHORT_RUNS.stream(),
                        Stream.of("-XX:ArchiveClassesAtExit=" + written, "-jar", jar.toString(), "demo", "--days", "1"))
                .flatMap(words -> words)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("said").toFile());
        builder.environment().put("HOME", place.toString());
        builder.environment().put("XDG_CACHE_HOME", place.toString());
        Process demo = builder.start();
        if (!demo.waitFor(120, TimeUnit.SECONDS)) {
            demo.destroyForcibly().waitFor();
        }
        if (Files.exists(written)) {
            Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> left = Files.walk(place)) {
            left.map(Path::toFile).sorted((one, other) -> other.compareTo(one)).forEach(File::delete);
        }
    }
}
