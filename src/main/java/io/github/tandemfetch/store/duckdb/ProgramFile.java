package io.github.tandemfetch.store.duckdb;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The file of this program: the executable or the jar. */
final class ProgramFile {
    private static final String NATIVE_IMAGE = "org.graalvm.nativeimage.imagecode";

    private ProgramFile() {}

    /** The file with links resolved; empty where it is unknown, or the program runs from a build folder. */
    static Optional<Path> find() {
        Optional<Path> file = System.getProperty(NATIVE_IMAGE) == null ? jar() : executable();
        return file.filter(Files::isRegularFile).map(ProgramFile::withoutLinks);
    }

    private static Path withoutLinks(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException notReadable) {
            return file.toAbsolutePath();
        }
    }

    private static Optional<Path> executable() {
        return ProcessHandle.current().info().command().map(Path::of);
    }

    private static Optional<Path> jar() {
        CodeSource source = ProgramFile.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notOnDisk) {
            return Optional.empty();
        }
    }
}
