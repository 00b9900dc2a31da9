package io.github.tandemfetch.load;

/** A line that is no record; whoever reads the lines knows which. */
final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    MalformedRecord(String field, String problem) {
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
