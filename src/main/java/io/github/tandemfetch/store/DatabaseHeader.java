package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The header of a database file. It is read before the engine sees the file: for an unknown file the engine would
 * search the home folder for an extension that can open it.
 */
record DatabaseHeader(long storageVersion) {
    /** The format of DuckDB 1.0, still the default of newer versions; without zstd. */
    static final long STORAGE_V1_0 = 64;

    /** The first format with zstd compression, which the tables of this program need. */
    static final long STORAGE_WITH_ZSTD = 65;

    private static final int MAGIC_AT = 8;
    private static final byte[] MAGIC = "DUCK".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = 12;
    private static final int FLAGS_AT = 20;
    private static final int ENCRYPTED = 1;
    private static final int HEADERS_END = 3 * 4096;
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private static final String NOT_CHANGED = "Name another file with --db; this one was not changed.";

    /**
     * Reads the header of an existing file.
     *
     * @throws DatabaseException where it cannot be read, or the engine could not open the file
     */
    static DatabaseHeader of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw notADatabase(file + " is " + (Files.isDirectory(file) ? "a folder" : "not a regular file")
                    + ", not a database.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(file, in.readNBytes(FLAGS_AT + 8), Files.size(file));
        } catch (AccessDeniedException e) {
            throw EngineFailures.permissionDenied(file, e);
        } catch (IOException e) {
            throw EngineFailures.notOpened(file, e.getMessage(), e);
        }
    }

    private static DatabaseHeader of(Path file, byte[] bytes, long size) {
        if (!Arrays.equals(part(bytes, MAGIC_AT, MAGIC.length), MAGIC)) {
            throw notADatabase("The file " + file + " is " + kind(bytes) + ", not a DuckDB database.");
        }
        if (size < HEADERS_END || bytes.length < FLAGS_AT + 8) {
            throw EngineFailures.damaged("The database " + file + " is truncated: it has " + size + " bytes.", null);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if ((header.getLong(FLAGS_AT) & ENCRYPTED) != 0) {
            throw new DatabaseException(
                    "DATABASE_ENCRYPTED",
                    "The database " + file + " is encrypted, which tandem does not support.",
                    "Copy it into an unencrypted one with DuckDB, or name another file with --db; this one was not"
                            + " changed.",
                    null);
        }
        long version = header.getLong(VERSION_AT);
        if (version < STORAGE_V1_0) {
            throw new DatabaseException(
                    "DATABASE_TOO_OLD",
                    "The database " + file + " has the format of a DuckDB before 0.10 (storage version " + version
                            + ").",
                    "Export it with that DuckDB (EXPORT DATABASE) and import it with a newer one, or name another"
                            + " file with --db; this one was not changed.",
                    null);
        }
        return new DatabaseHeader(version);
    }

    /** Whether the file can hold the tables of this program. */
    boolean isCurrent() {
        return storageVersion >= STORAGE_WITH_ZSTD;
    }

    private static String kind(byte[] bytes) {
        if (bytes.length == 0) {
            return "empty";
        }
        if (Arrays.equals(part(bytes, 0, SQLITE.length), SQLITE)) {
            return "a SQLite database";
        }
        if (Arrays.equals(part(bytes, 0, PARQUET.length), PARQUET)) {
            return "a Parquet file";
        }
        if (Arrays.equals(part(bytes, 0, GZIP.length), GZIP)) {
            return "a gzip file";
        }
        return "another kind of file";
    }

    private static byte[] part(byte[] bytes, int start, int length) {
        return bytes.length < start + length ? new byte[0] : Arrays.copyOfRange(bytes, start, start + length);
    }

    private static DatabaseException notADatabase(String message) {
        return new DatabaseException("NOT_A_DATABASE", message, NOT_CHANGED, null);
    }
}
