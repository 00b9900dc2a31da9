package io.github.tandemfetch.failure;

/** The reader of standard output, such as {@code head}, has closed it. Ends the process quietly. */
public final class OutputClosedException extends TandemException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure.
     *
     * @param cause what the operating system said
     */
    public OutputClosedException(Throwable cause) {
        super(
                "OUTPUT_CLOSED",
                "The reader of standard output closed it.",
                "Run the command again with a reader that reads to the end.",
                ExitStatus.OUTPUT_CLOSED,
                cause);
    }
}
