package io.github.tandemfetch.source;

/** Carries an answer that is no success out of the REST client. */
final class FailedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpFailure failure;

    FailedAnswerException(HttpFailure failure) {
        super("HTTP status " + failure.status(), null, false, false);
        this.failure = failure;
    }

    HttpFailure failure() {
        return failure;
    }
}
