package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.OutputClosedException;
import io.github.tandemfetch.failure.TandemException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output, whose failures end the command: {@link System#out} swallows them. A reader that closed the pipe is
 * told apart from a disk that is full.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream target;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Leaves the descriptor open: others write to it too. */
    @Override
    public void close() {
        flush();
    }

    private static TandemException failure(IOException e) {
        String reason = String.valueOf(e.getMessage());
        // Linux and macOS; Windows.
        if (reason.contains("Broken pipe") || reason.contains("pipe is being closed")) {
            return new OutputClosedException(e);
        }
        return new TandemException(
                "OUTPUT_NOT_WRITTEN",
                "Standard output cannot be written: " + reason + ".",
                "Check the disk or the program that standard output goes to.",
                ExitStatus.STORAGE_FAILURE,
                e);
    }
}
