package io.github.tandemfetch.load;

/** A record that cannot be parsed; the caller adds its line number. */
final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    MalformedRecordException(String field, String problem) {
        super(problem);
        this.field = field;
        this.problem = problem;
    }

    String field() {
        return field;
    }

    String problem() {
        return problem;
    }
}
