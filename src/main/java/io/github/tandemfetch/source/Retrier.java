package io.github.tandemfetch.source;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Repeats a call that failed for a passing reason, as a {@link RetryPolicy} says. */
final class Retrier {
    private final RetryPolicy policy;
    private final SourceListener listener;

    Retrier(RetryPolicy policy, SourceListener listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /** The call's result; the last failure where every attempt failed, any other failure at once. */
    <T> T call(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (TransientSourceException failure) {
                if (attempt >= policy.attempts()) {
                    throw failure;
                }
                Duration wait = waitAfter(attempt, failure.retryAfter());
                listener.retrying(attempt + 1, policy.attempts(), wait, failure.reason());
                sleep(wait);
            }
        }
    }

    private Duration waitAfter(int attempt, Duration asked) {
        Duration doubled = policy.firstWait().multipliedBy(1L << Math.min(attempt - 1, 20));
        long cap = Math.min(doubled.toMillis(), policy.longestWait().toMillis());
        Duration own = Duration.ofMillis(cap - ThreadLocalRandom.current().nextLong(cap / 2 + 1));
        if (asked == null) {
            return own;
        }
        if (asked.compareTo(policy.longestRetryAfter()) > 0) {
            throw new WaitTooLongException(asked, policy.longestRetryAfter());
        }
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SourceFailures.interrupted();
        }
    }
}
