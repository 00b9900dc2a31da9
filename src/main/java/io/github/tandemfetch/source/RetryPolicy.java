package io.github.tandemfetch.source;

import java.time.Duration;

/**
 * How often and how patiently a failed call is repeated. The wait doubles with each attempt; half of it is random, so
 * that many clients do not come back together.
 *
 * @param attempts how often a call is made at most, at least 1
 * @param firstWait the wait before the second attempt
 * @param longestWait what the doubling stops at
 * @param longestRetryAfter the longest wait the service may ask for; a longer one is a failure
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait, Duration longestRetryAfter) {
    /** At least one attempt. */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts);
        }
    }

    /**
     * The policy of the product: five attempts in about fifteen seconds.
     *
     * @return 5 attempts, 1 s doubling up to 30 s, at most 5 minutes on request
     */
    public static RetryPolicy standard() {
        return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }
}
