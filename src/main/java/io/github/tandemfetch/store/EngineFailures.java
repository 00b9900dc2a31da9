package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Classifies engine failures by their message, since DuckDB's driver has no SQLState. Only this class and {@link
 * StatementFailure} read those messages.
 */
public final class EngineFailures {
    private static final Pattern HOLDER = Pattern.compile("held in (.+?) \\(PID (\\d+)\\)");

    // A database whose end is missing.
    private static final String CUT_OFF = "could not read enough bytes from file";

    // The engine gives the holder where the operating system knows one, and the system's own reason where it does not:
    // that a lock is held, or that the file system has none.
    private static final String NO_LOCK = "could not set lock on file";
    private static final List<String> HELD =
            List.of("conflicting lock", "temporarily unavailable", "permission denied");

    private static final String NO_SPACE = "no space left";

    private EngineFailures() {}

    static boolean isLock(SQLException e) {
        String text = text(e);
        return text.contains(NO_LOCK) && HELD.stream().anyMatch(text::contains)
                || text.contains("being used by another process");
    }

    static boolean isMissingTable(SQLException e) {
        return text(e).startsWith("catalog error: table with name");
    }

    static DatabaseException onOpen(Path file, SQLException e) {
        String text = text(e);
        if (isLock(e)) {
            return locked(file, e);
        }
        if (text.contains(NO_LOCK)) {
            return new DatabaseException(
                    "LOCKS_NOT_SUPPORTED",
                    "The file system of " + file + " does not support locks, without which two processes could write"
                            + " at the same time: " + firstLine(e),
                    "Put the database on a local disk with --db, or mount the share with locks (NFS: without nolock).",
                    e);
        }
        if (text.contains("not a valid duckdb database file")) {
            return new DatabaseException(
                    "NOT_A_DATABASE",
                    "The file " + file + " is not a DuckDB database.",
                    "Name another file with --db; this one was not changed.",
                    e);
        }
        if (text.contains("newer version of duckdb") || text.contains("database with version number")) {
            return new DatabaseException(
                    "DATABASE_TOO_NEW",
                    "The database " + file + " was written by a newer DuckDB.",
                    "Use a newer tandem, or another file with --db; this one was not changed.",
                    e);
        }
        if (isJournal(text)) {
            return new DatabaseException(
                    DatabaseException.DAMAGED,
                    "The journal of the database, " + file + ".wal, cannot be read: " + firstLine(e),
                    "Move " + file
                            + ".wal away and run 'tandem sync', which refetches the events in it. Load the last of"
                            + " your own tables again.",
                    e);
        }
        if (isDamaged(text)) {
            return damaged("The database " + file + " is damaged: " + firstLine(e), e);
        }
        if (text.contains("permission denied") || text.contains("read-only")) {
            return permissionDenied(file, e);
        }
        return notOpened(file, firstLine(e), e);
    }

    static DatabaseException permissionDenied(Path file, Exception e) {
        return new DatabaseException(
                "DATABASE_NOT_WRITABLE",
                "The database " + file + " cannot be opened: permission denied.",
                "Check the owner and the permissions of the file and its folder, or choose another with --db.",
                e);
    }

    static DatabaseException notOpened(Path file, String reason, Exception e) {
        return new DatabaseException(
                "DATABASE_NOT_OPENED",
                "The database " + file + " could not be opened: " + reason,
                "Check the file and its disk.",
                e);
    }

    public static DatabaseException onWork(Path file, SQLException e) {
        String text = text(e);
        if (text.startsWith("interrupt error")) {
            return new DatabaseException(
                    "INTERRUPTED",
                    "The work on " + file + " was interrupted.",
                    "Run the same command again.",
                    ExitStatus.INTERRUPTED,
                    e);
        }
        if (isDiskFull(text)) {
            return new DatabaseException(
                    DatabaseException.DISK_FULL,
                    "The disk is full: the last step was not written to " + file + ".",
                    "Free disk space and run the same command again; it resumes where it stopped.",
                    e);
        }
        if (isDamaged(text)) {
            return damaged("The database " + file + " is damaged: " + firstLine(e), e);
        }
        if (isNotWritable(text)) {
            return new DatabaseException(
                    "DATABASE_NOT_WRITABLE",
                    "The database " + file + " cannot be written to: " + firstLine(e),
                    "Check the owner and the permissions of the file and its folder, or choose another with --db.",
                    e);
        }
        if (text.contains("out of memory error")) {
            return new DatabaseException(
                    DatabaseException.OUT_OF_MEMORY,
                    "The work on " + file + " exceeds the memory limit of the database engine.",
                    "Run the same command again; stored rows are kept. Export fewer days to use less memory.",
                    e);
        }
        return new DatabaseException(
                DatabaseException.FAILED,
                "The database " + file + " failed: " + firstLine(e),
                "Run the same command again; stored rows are intact.",
                e);
    }

    private static boolean isJournal(String text) {
        return text.contains("replaying wal") || text.contains("corrupt wal") || text.contains("wal does not match");
    }

    // Only failures of the engine's files: the message of a failed statement quotes the statement.
    private static boolean isDamaged(String text) {
        boolean ofFiles = Stream.of(
                        "io error",
                        "fatal error",
                        "internal error",
                        "serialization error",
                        "invalid error",
                        "data corruption error")
                .anyMatch(text::startsWith);
        return ofFiles
                && (text.contains("corrupt")
                        || text.contains(CUT_OFF)
                        || text.contains("does not match stored checksum")
                        || text.contains("database has been invalidated"));
    }

    private static boolean isNotWritable(String text) {
        return text.contains("io error")
                && (text.contains("permission denied") || text.contains("read-only file system"));
    }

    static DatabaseException damaged(String message, Exception e) {
        return new DatabaseException(
                DatabaseException.DAMAGED,
                message,
                "Restore a backup with 'tandem restore FILE', or move the file away and run 'tandem sync', which"
                        + " refetches everything that the service still has.",
                e);
    }

    static boolean isDiskFull(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(NO_SPACE);
    }

    private static boolean isDiskFull(String text) {
        // The last is the engine's limit on spilling: nine tenths of the free space.
        return text.contains(NO_SPACE)
                || text.contains("disk full")
                || text.contains("not enough space")
                || text.contains("max_temp_directory_size");
    }

    private static DatabaseLockedException locked(Path file, SQLException e) {
        Matcher matcher = HOLDER.matcher(String.valueOf(e.getMessage()));
        if (!matcher.find()) {
            return new DatabaseLockedException(file, null, OptionalLong.empty(), e);
        }
        String program = matcher.group(1);
        String name = program.substring(program.lastIndexOf('/') + 1);
        return new DatabaseLockedException(file, name, OptionalLong.of(Long.parseLong(matcher.group(2))), e);
    }

    private static String text(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
