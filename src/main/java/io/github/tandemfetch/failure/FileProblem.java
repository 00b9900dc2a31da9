package io.github.tandemfetch.failure;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why a file could not be used. */
public final class FileProblem {
    private FileProblem() {}

    /**
     * The reason, as the end of a sentence.
     *
     * @param failure an exception of a file operation; its message may be no more than the file's name
     * @return such as {@code permission denied}
     */
    public static String reason(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "the name is taken by another kind of file";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure instanceof UnsupportedOperationException
                ? "the file system has no permissions or links"
                : "input or output error";
    }
}
