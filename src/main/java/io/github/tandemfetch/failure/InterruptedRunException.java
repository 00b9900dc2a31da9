package io.github.tandemfetch.failure;

/** The run was told to stop. */
public final class InterruptedRunException extends TandemException {
    private static final long serialVersionUID = 1L;

    public InterruptedRunException(InterruptedException cause) {
        super(
                "INTERRUPTED",
                "Interrupted.",
                "Run the same command again; it goes on where it stopped.",
                ExitStatus.INTERRUPTED,
                cause);
    }
}
