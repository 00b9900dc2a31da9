package io.github.tandemfetch.source;

/** An answer that does not fit: the service has changed. Never taken for an empty result. */
public class UnexpectedAnswerException extends SourceException {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
        super("UNEXPECTED_ANSWER", message, "The service has changed: look for a newer version of tandem.");
    }
}
