package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.nio.file.Path;

/** An export, or the export of one table, failed. */
public class ExportException extends TandemException {
    /** The code of a failure for want of a reader: a stream takes no more. */
    public static final String STREAM_CLOSED = "STREAM_CLOSED";

    private static final long serialVersionUID = 1L;

    ExportException(String code, String message, String remedy, ExitStatus exitStatus, Throwable cause) {
        super(code, message, remedy, exitStatus, cause);
    }

    private static ExportException storage(String code, String message, String remedy, Throwable cause) {
        return new ExportException(code, message, remedy, ExitStatus.STORAGE_FAILURE, cause);
    }

    static ExportException tableMissing(String table, Path database) {
        return new ExportException(
                "TABLE_NOT_FOUND",
                "The table '" + table + "' is not in the database " + database + " yet.",
                "Run 'tandem sync' to fetch your data, or name another file with --db.",
                ExitStatus.TABLE_NOT_FOUND,
                null);
    }

    static ExportException folderNotMade(Path folder, Throwable cause) {
        return storage(
                "FOLDER_NOT_WRITABLE",
                "The folder " + folder + " for the exported files cannot be made.",
                "Check its permissions, or choose another with --output-dir.",
                cause);
    }

    static ExportException folderNotWritable(Path folder, Throwable cause) {
        return storage(
                "FOLDER_NOT_WRITABLE",
                "The folder " + folder + " cannot be written to.",
                "Check its permissions and the room on its disk, or choose another with --output-dir.",
                cause);
    }

    static ExportException fileExists(Path file) {
        return storage(
                "FILE_EXISTS",
                "The file " + file + " exists already and was not changed.",
                "Add --overwrite to replace it, or choose another place.",
                null);
    }

    static ExportException notAFile(Path file) {
        return storage(
                "NOT_A_FILE",
                file + " is there already and is not a file.",
                "Choose another name with --output-path, or another folder with --output-dir.",
                null);
    }

    static ExportException notAnExport(Path folder) {
        return storage(
                "NOT_AN_EXPORT",
                folder + " is there already and is not an export in parts.",
                "Choose another name; nothing in it was changed.",
                null);
    }

    static ExportException fileVanished(Path file, Throwable cause) {
        return storage(
                "FILE_VANISHED",
                "What was written for " + file + " was removed, or its folder was, before it had its name.",
                "Run the same command again, and let nothing else change the folder meanwhile.",
                cause);
    }

    static ExportException fileChanged(Path file) {
        return storage(
                "FILE_CHANGED",
                "The file " + file + " was changed by something else just after it was written.",
                "Run the same command again, and let nothing else change the folder meanwhile.",
                null);
    }

    static ExportException streamClosed(Throwable cause) {
        return storage(
                STREAM_CLOSED,
                "Standard output takes no more: " + reason(cause),
                "Check the program that reads it, or choose a folder with --output-dir.",
                cause);
    }

    static ExportException interrupted(Throwable cause) {
        return new ExportException(
                "INTERRUPTED",
                "Interrupted: files that have their names are whole, the others were removed.",
                "Run the same command again.",
                ExitStatus.INTERRUPTED,
                cause);
    }

    static ExportException fileNotWritten(Path file, Throwable cause) {
        return storage(
                "FILE_NOT_WRITTEN",
                "The file " + file + " could not be written: " + reason(cause),
                "Check the disk and the permissions of its folder, or choose another with --output-dir.",
                cause);
    }

    static ExportException diskFull(Path file, Throwable cause) {
        return storage(
                "DISK_FULL",
                "The disk is full: " + file + " was not written.",
                "Make room, or choose a folder on another disk with --output-dir.",
                cause);
    }

    static ExportException rowsDiffer(String table, long expected, long written) {
        return storage(
                "ROWS_DIFFER",
                "The table '" + table + "' has " + expected + " rows to export, but " + written + " were written.",
                "The file was removed; run the same command again, and 'tandem verify' if it happens again.",
                null);
    }

    private static String reason(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
