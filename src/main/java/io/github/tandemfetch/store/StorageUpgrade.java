package io.github.tandemfetch.store;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Upgrades a database file with an older storage format: copies it into a new file, compares the row counts, and
 * replaces the old file, which is kept as a backup. DuckDB creates files in its oldest format by default.
 */
final class StorageUpgrade {
    private static final Logger LOG = Logger.getLogger(StorageUpgrade.class);

    // The names of files have no slash, so these are not the names of the files' own catalogs.
    private static final String OLD = "old/";
    private static final String NEW = "new/";
    private static final String MEMORY_LIMIT = "512MB";

    private final DatabaseOpener databases;
    private final Path file;

    StorageUpgrade(DatabaseOpener databases, Path file) {
        this.databases = databases;
        this.file = file;
    }

    /** The path of the backup of the older file. */
    static Path backupOf(Path file, long storageVersion) {
        return DatabaseFiles.beside(file, ".storage-" + storageVersion + ".backup");
    }

    /**
     * @throws DatabaseException where another process holds the file, or it cannot be copied; the file is then
     *     unchanged
     */
    void run() {
        databases.checkpoint(file);
        try {
            Path place = file.toRealPath();
            Path backup = backupOf(place, DatabaseHeader.of(place).storageVersion());
            try (HiddenFolder hidden = new HiddenFolders().createIn(place.getParent());
                    Database engine = databases.openInMemory()) {
                Path upgraded = hidden.path().resolve("upgraded.db");
                copy(engine, hidden.path(), upgraded);
                replace(place, upgraded, backup);
            }
            LOG.infof("Upgraded the storage format of %s; the old file is kept as %s.", file, backup);
        } catch (DatabaseLockedException e) {
            throw e;
        } catch (DatabaseException | IOException e) {
            throw new DatabaseException(
                    "STORAGE_NOT_UPGRADED",
                    "The database " + file + " has the format of an older DuckDB and could not be upgraded: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "It was not changed. Name another file with --db, or copy it yourself with DuckDB: ATTACH the new"
                            + " file with (STORAGE_VERSION 'v1.4.0'), then COPY FROM DATABASE.",
                    e);
        }
    }

    // The old file stays attached until it is replaced, so that no other process writes to it meanwhile.
    private void copy(Database engine, Path spill, Path upgraded) {
        engine.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
        engine.execute("SET temp_directory = " + Literal.of(spill.resolve("spill")));
        engine.execute("ATTACH " + Literal.of(file) + " AS " + Identifier.quoted(OLD) + " (READ_ONLY)");
        engine.execute("ATTACH " + Literal.of(upgraded) + " AS " + Identifier.quoted(NEW) + " (STORAGE_VERSION '"
                + DatabaseOpener.FILE_FORMAT + "')");
        engine.execute("COPY FROM DATABASE " + Identifier.quoted(OLD) + " TO " + Identifier.quoted(NEW));
        if (!rows(engine, OLD).equals(rows(engine, NEW))) {
            throw new DatabaseException("COPY_NOT_EQUAL", "the copy does not have the same rows.", "", null);
        }
        engine.execute("DETACH " + Identifier.quoted(NEW));
    }

    private static Map<String, Long> rows(Database engine, String catalog) {
        Map<String, Long> rows = new TreeMap<>();
        engine.forEach(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?",
                row -> rows.put(Identifier.quoted(row.getString(1)) + "." + Identifier.quoted(row.getString(2)), 0L),
                catalog);
        rows.replaceAll((table, none) -> engine.first(
                        "SELECT count(*) FROM " + Identifier.quoted(catalog) + "." + table, row -> row.getLong(1))
                .orElse(0L));
        return rows;
    }

    private static void replace(Path place, Path upgraded, Path backup) throws IOException {
        DurableFile.sync(upgraded);
        if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(upgraded, Files.getPosixFilePermissions(place));
        }
        Files.deleteIfExists(backup);
        DurableFile.keepAs(place, backup);
        Files.move(upgraded, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFile.syncFolder(place.getParent());
        PrivateFile.close(backup);
    }
}
