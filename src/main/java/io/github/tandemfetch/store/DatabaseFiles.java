package io.github.tandemfetch.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of the files beside a database, the engine's and tandem's. */
final class DatabaseFiles {
    private static final String JOURNAL = ".wal";
    private static final List<String> JOURNALS = List.of(JOURNAL, ".wal.checkpoint", ".wal.recovery");
    private static final String SPILL = ".tmp";
    private static final int MOST_LINKS = 40;

    private DatabaseFiles() {}

    /** A file of tandem's beside a database. */
    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * The path of a database, existing or not, with symbolic links resolved as the engine does.
     *
     * @throws IOException where the links cannot be resolved
     */
    static Path real(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemException(file.toString(), null, "too many symbolic links");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        Path folder = place.getParent();
        return Files.exists(folder) ? folder.toRealPath().resolve(place.getFileName()) : place;
    }

    /** The suffixes of the engine's journals. */
    static List<String> journals() {
        return JOURNALS;
    }

    /** The journal between two checkpoints. */
    static Path journal(Path file) {
        return engineFile(file, JOURNAL);
    }

    /** The journal with one of the {@link #journals} suffixes. */
    static Path journal(Path file, String suffix) {
        return engineFile(file, suffix);
    }

    /** The engine's folder for data that does not fit into memory. */
    static Path spillFolder(Path file) {
        return engineFile(file, SPILL);
    }

    // The engine puts its files beside the target of a symbolic link, and treats a question mark as the end of a name.
    private static Path engineFile(Path file, String suffix) {
        Path real;
        try {
            real = real(file);
        } catch (IOException e) {
            real = file.toAbsolutePath();
        }
        String name = real.getFileName().toString();
        int end = name.indexOf('?') < 0 ? name.length() : name.indexOf('?');
        return real.resolveSibling(name.substring(0, end) + suffix + name.substring(end));
    }
}
