package io.github.tandemfetch.source;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect until the connection is there
 * @param answer until the answer begins, and between any two pieces of it
 */
public record SourceTimeouts(Duration connect, Duration answer) {
    /**
     * The times of the product.
     *
     * @return 15 s to connect, 90 s for an answer: a window of 28 days takes the service a while
     */
    public static SourceTimeouts standard() {
        return new SourceTimeouts(Duration.ofSeconds(15), Duration.ofSeconds(90));
    }
}
