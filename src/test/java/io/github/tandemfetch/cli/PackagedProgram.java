package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.FileStamp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program and how the tests start it: the executable where one is named with
 * {@code -Dtandem.executable=PATH}, else the jar. What each of hundreds of short starts would do again is done once, by
 * a first run: the database engine's library is unpacked, and a jar's classes are read and checked and kept in an
 * archive of the JDK's.
 */
final class PackagedProgram {
    private static final Path PREPARED = Path.of("target", "packaged-program").toAbsolutePath();
    // A start ends before the better compiler and a collector with threads of its own have paid off.
    private static final String COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String COLLECTOR = "-XX:+UseSerialGC";
    private static final PackagedProgram PROGRAM = prepared();

    private final List<String> start;
    private final Path libraries;

    private PackagedProgram(List<String> start, Path libraries) {
        this.start = start;
        this.libraries = libraries;
    }

    /** The words that run the program, from any folder. */
    static List<String> command(String... arguments) {
        return Stream.concat(PROGRAM.start.stream(), Stream.of(arguments)).toList();
    }

    /** The words that run the program with system properties, given as they are to a JVM or to an executable. */
    static List<String> command(Map<String, String> systemProperties, String... arguments) {
        return commandWith(
                systemProperties.entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                        .toList(),
                arguments);
    }

    /** The words that run the program with a heap of this size at most, such as 128m. */
    static List<String> commandWithHeap(String size, String... arguments) {
        return commandWith(List.of("-Xmx" + size), arguments);
    }

    private static List<String> commandWith(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(PROGRAM.start);
        int jar = command.indexOf("-jar");
        command.addAll(jar < 0 ? command.size() : jar, options);
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Leaves in a folder for caches what an earlier run leaves there: the unpacked library, with the stamp by which the
     * program knows it again.
     */
    static void leaveLibrary(Path caches) throws IOException {
        Path engine = Files.createDirectories(caches.resolve("tandem/engine"));
        try (Stream<Path> unpacked = Files.list(PROGRAM.libraries)) {
            for (Path library : unpacked.toList()) {
                Path copy = engine.resolve(library.getFileName());
                Files.copy(library, copy, StandardCopyOption.COPY_ATTRIBUTES);
                Files.writeString(
                        copy.resolveSibling(copy.getFileName() + ".stamp"),
                        FileStamp.of(copy).text());
            }
        }
    }

    private static PackagedProgram prepared() {
        try {
            String executable = System.getProperty("tandem.executable", "");
            boolean jar = executable.isEmpty();
            Path program = Path.of(jar ? System.getProperty("tandem.jar", "target/tandem.jar") : executable)
                    .toAbsolutePath();
            // What is prepared fits one program and one JDK.
            Path place = PREPARED.resolve(program.getFileName() + "-"
                    + Files.getLastModifiedTime(program).toMillis() + "-" + Runtime.version());
            Path archive = place.resolve("classes.jsa");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            if (!Files.exists(place)) {
                Files.createDirectories(PREPARED);
                prepare(
                        jar ? jar(java, "-XX:ArchiveClassesAtExit=classes.jsa", program) : List.of(program.toString()),
                        place);
            }
            List<String> start = jar
                    // Where there is no archive, or one that does not fit, the JDK does without; not a word of it
                    // among what the program says.
                    ? jar(java, "-XX:SharedArchiveFile=" + archive, program)
                    : List.of(program.toString());
            return new PackagedProgram(start, place.resolve("engine"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> jar(String java, String archive, Path program) {
        return List.of(java, COMPILER, COLLECTOR, "-Xlog:disable", archive, "-jar", program.toString());
    }

    /** Two processes may do this at once; the slower one's work is thrown away. */
    private static void prepare(List<String> start, Path place) throws IOException, InterruptedException {
        Path aside = Files.createTempDirectory(PREPARED, "aside");
        Path engine = Files.createDirectories(aside.resolve("engine"));
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(start.stream(), Stream.of("demo", "--days", "1"))
                        .toList())
                .directory(aside.toFile())
                .redirectErrorStream(true)
                .redirectOutput(aside.resolve("said").toFile());
        builder.environment().put("XDG_CACHE_HOME", aside.resolve("caches").toString());
        Process demo = builder.start();
        if (!demo.waitFor(120, TimeUnit.SECONDS)) {
            demo.destroyForcibly().waitFor();
        }
        Path unpacked = aside.resolve("caches/tandem/engine");
        if (Files.exists(unpacked)) {
            try (Stream<Path> libraries = Files.list(unpacked)) {
                for (Path library : libraries
                        .filter(file -> !file.toString().endsWith(".stamp"))
                        .toList()) {
                    Files.move(library, engine.resolve(library.getFileName()));
                }
            }
        }
        sweep(place);
        try {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException theOtherWasQuicker) {
            delete(aside);
        }
    }

    /** Nobody starts an earlier build of the program any more. */
    private static void sweep(Path place) throws IOException {
        String program = place.getFileName().toString().replaceFirst("-.*", "-");
        try (Stream<Path> builds = Files.list(PREPARED)) {
            for (Path build : builds.filter(
                            each -> each.getFileName().toString().startsWith(program) && !each.equals(place))
                    .toList()) {
                delete(build);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.map(Path::toFile).sorted((one, other) -> other.compareTo(one)).forEach(File::delete);
        }
    }
}
