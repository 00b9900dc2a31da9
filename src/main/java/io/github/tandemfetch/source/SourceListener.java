package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Region;
import java.time.Duration;
import java.time.Instant;

/** Is told what goes on, for progress lines and logs. No call carries a secret. */
public interface SourceListener {
    /**
     * A login begins.
     *
     * @param region where
     */
    default void loggingIn(Region region) {}

    /**
     * The token of an earlier run is used.
     *
     * @param expiresAt until when it is good
     */
    default void tokenReused(Instant expiresAt) {}

    /**
     * An attempt failed and another follows.
     *
     * @param attempt the number of the attempt to come, from 2
     * @param attempts how many there are at most
     * @param wait how long is waited before it
     * @param reason what happened, in a few words
     */
    default void retrying(int attempt, int attempts, Duration wait, String reason) {}

    /**
     * Something did not work that nothing has to stop for.
     *
     * @param message one sentence
     */
    default void warning(String message) {}

    /**
     * A listener that does nothing.
     *
     * @return never null
     */
    static SourceListener silent() {
        return new SourceListener() {};
    }
}
