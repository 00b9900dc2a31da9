package io.github.tandemfetch.source;

/** An answer that does not fit: the service has changed. Never taken for an empty result. */
public class UnexpectedAnswerException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final boolean inPart;

    UnexpectedAnswerException(String message) {
        this(message, false);
    }

    private UnexpectedAnswerException(String message, boolean inPart) {
        super("UNEXPECTED_ANSWER", message, "The service has changed: look for a newer version of tandem.");
        this.inPart = inPart;
    }

    static UnexpectedAnswerException inPart(String message) {
        return new UnexpectedAnswerException(message, true);
    }

    /**
     * Whether it is only something in the answer that does not fit.
     *
     * @return true where an answer to a shorter window may be a good one
     */
    public boolean isInPart() {
        return inPart;
    }
}
