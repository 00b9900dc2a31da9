package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.failure.FileProblem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Loads the database engine's library, once per process: the one beside the program, else the bundled one, which is
 * extracted once into a cache, or without a cache into a temporary file that is deleted after loading.
 */
@Singleton
public class EngineLibrary {
    private static final Logger LOG = Logger.getLogger(EngineLibrary.class);
    private static final String BESIDE = System.mapLibraryName("duckdb_java");

    private final Optional<Path> program;
    private final Optional<Path> cacheFolder;
    private final Path temporaryFolder;
    private boolean loaded;

    // Found ahead of the loading: a second try would have the virtual machine warn of the same file twice.
    private EngineLibraryException refused;

    @Inject
    public EngineLibrary(Environment environment) {
        this(ProgramFile.find(), cacheFolder(environment), Path.of(System.getProperty("java.io.tmpdir")));
    }

    public EngineLibrary(Optional<Path> program, Optional<Path> cacheFolder, Path temporaryFolder) {
        this.program = program;
        this.cacheFolder = cacheFolder;
        this.temporaryFolder = temporaryFolder;
    }

    /**
     * Loads the library, unless it is loaded.
     *
     * @throws EngineLibraryException where it cannot be loaded
     */
    public synchronized void load() {
        if (loaded) {
            return;
        }
        if (refused != null) {
            EngineLibraryException found = refused;
            refused = null;
            throw found;
        }
        if (!loadBeside()) {
            loadBundled();
        }
        loaded = true;
    }

    /**
     * Loads the library if it exists as a file and is not loaded. Creates no file; failures are left to the next {@link
     * #load}.
     */
    public synchronized void prepare() {
        try {
            loaded = loaded || refused == null && (loadBeside() || loadExtracted());
        } catch (EngineLibraryException e) {
            refused = e;
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.debug("the library is not loaded ahead of its use", e);
        }
    }

    private boolean loadExtracted() throws IOException {
        Optional<BundledLibrary> bundled = BundledLibrary.ofThisPlatform();
        if (bundled.isEmpty() || cacheFolder.isEmpty()) {
            return false;
        }
        Optional<Path> file = new LibraryCache(cacheFolder.get()).extracted(bundled.get());
        file.ifPresent(EngineLibrary::link);
        return file.isPresent();
    }

    private boolean loadBeside() {
        Optional<Path> beside = program.map(file -> file.resolveSibling(BESIDE)).filter(Files::exists);
        if (beside.isEmpty()) {
            return false;
        }
        try {
            requireTrusted(beside.get());
            link(beside.get());
            return true;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new EngineLibraryException(
                    "The database engine's library " + beside.get() + " cannot be loaded: " + reason(e),
                    "Replace it with the library of this release, or remove it: the program contains its own.",
                    e);
        }
    }

    private void requireTrusted(Path beside) throws IOException {
        FileOwnership ownership = new FileOwnership();
        Path file = beside.toRealPath();
        if (!ownership.isOursOrTheSystems(file) && !Files.getOwner(file).equals(Files.getOwner(program.get()))) {
            throw new FileSystemException(file.toString(), null, "it is owned by another user");
        }
        if (ownership.isWritableByOthers(file)) {
            throw new FileSystemException(file.toString(), null, "it is writable by other users");
        }
    }

    private void loadBundled() {
        BundledLibrary bundled = BundledLibrary.ofThisPlatform()
                .orElseThrow(() -> new EngineLibraryException(
                        "The database engine does not support this platform (" + System.getProperty("os.name") + ", "
                                + System.getProperty("os.arch") + ").",
                        "Use tandem on Linux, on macOS with Apple silicon, or on Windows.",
                        null));
        try {
            if (!loadCached(bundled)) {
                loadTemporary(bundled);
            }
        } catch (DamagedLibraryException e) {
            throw new EngineLibraryException(
                    "The program file is damaged: the database engine's library in it cannot be used, " + e.getMessage()
                            + ".",
                    "Reinstall tandem.",
                    e);
        }
    }

    private boolean loadCached(BundledLibrary bundled) throws DamagedLibraryException {
        if (cacheFolder.isEmpty()) {
            LOG.info("No home folder for the database engine's library: it is extracted at each start.");
            return false;
        }
        try {
            link(new LibraryCache(cacheFolder.get()).file(bundled));
            return true;
        } catch (DamagedLibraryException e) {
            throw e;
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.infof(
                    "The database engine's library cannot be loaded from %s (%s). It is extracted at each start.",
                    cacheFolder.get(), reason(e));
            LOG.debug("no cache", e);
            return false;
        }
    }

    private void loadTemporary(BundledLibrary bundled) throws DamagedLibraryException {
        Path file = temporaryFolder.resolve("tandem-" + UUID.randomUUID() + "-" + BESIDE);
        try {
            // An interrupted start does not reach the end of this block.
            file.toFile().deleteOnExit();
            try {
                bundled.writeTo(file);
                link(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (DamagedLibraryException e) {
            throw e;
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new EngineLibraryException(
                    "The database engine's library can be extracted neither to "
                            + cacheFolder.map(Path::toString).orElse("a cache (no home folder)")
                            + " nor to " + temporaryFolder + ": " + reason(e),
                    String.format(
                            Locale.ROOT,
                            "Set XDG_CACHE_HOME to a folder that you own, with %d MB free, where programs may run;"
                                    + " or put %s beside the program.",
                            bundled.size() / 1_000_000 + 1,
                            BESIDE),
                    e);
        }
    }

    private static void link(Path file) {
        System.load(file.toAbsolutePath().toString());
    }

    private static String reason(Throwable e) {
        if (e instanceof FileSystemException failure) {
            return failure.getFile() + ": " + FileProblem.reason(failure);
        }
        // The system's linker begins with the file's name, and Java does so once more.
        String message = String.valueOf(e.getMessage());
        return message.replaceFirst("^(?:(/\\S+): )(?:\\1: )*", "");
    }

    // A missing home folder is never created; there is no cache then.
    private static Optional<Path> cacheFolder(Environment environment) {
        Path home = environment.homeDirectory();
        Path base = environment.baseDirectory("XDG_CACHE_HOME", cachesInHome());
        return base.startsWith(home) && !Files.isDirectory(home)
                ? Optional.empty()
                : Optional.of(base.resolve("tandem").resolve("engine"));
    }

    private static String cachesInHome() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return "Library/Caches";
        }
        return system.startsWith("windows") ? "AppData/Local" : ".cache";
    }
}
