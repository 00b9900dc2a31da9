package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;

/** What was asked for makes no sense: a table, a format, a date or a path is wrong. Nothing was started. */
public final class ExportArgumentException extends ExportException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure that ends the process with {@link ExitStatus#INVALID_USAGE}.
     *
     * @param code a stable name for programs
     * @param message what is wrong
     * @param remedy what would be right
     */
    public ExportArgumentException(String code, String message, String remedy) {
        super(code, message, remedy, ExitStatus.INVALID_USAGE, null);
    }
}
