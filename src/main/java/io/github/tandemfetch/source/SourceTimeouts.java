package io.github.tandemfetch.source;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect until the connection is there
 * @param answer until the answer begins, and between any two pieces of it
 * @param whole until the answer has come to its end; one that drips in keeps the other bound for ever
 */
public record SourceTimeouts(Duration connect, Duration answer, Duration whole) {
    private static final int WHOLE_IN_ANSWERS = 10;

    /**
     * Bounds of which the last follows from the one before.
     *
     * @param connect until the connection is there
     * @param answer until the answer begins, and between any two pieces of it; the whole may take ten times as long
     */
    public SourceTimeouts(Duration connect, Duration answer) {
        this(connect, answer, answer.multipliedBy(WHOLE_IN_ANSWERS));
    }

    /**
     * The times of the product.
     *
     * @return 15 s to connect, 90 s for an answer to begin, 15 minutes for all of it: a window of 28 days takes the
     *     service a while
     */
    public static SourceTimeouts standard() {
        return new SourceTimeouts(Duration.ofSeconds(15), Duration.ofSeconds(90));
    }
}
