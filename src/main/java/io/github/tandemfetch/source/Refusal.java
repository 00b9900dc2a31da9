package io.github.tandemfetch.source;

import java.time.Duration;
import java.time.Instant;

/**
 * What the service made of credentials that it did not take.
 *
 * @param until when they may be sent again
 * @param locked whether the whole account was locked
 */
record Refusal(Instant until, boolean locked) {
    /** The credentials themselves are wrong. */
    static final Refusal FOR_GOOD = new Refusal(Instant.MAX, false);

    /** A lock lasts "an hour or more", say those it happened to; each further attempt may prolong it. */
    private static final Duration LOCKED_FOR = Duration.ofHours(1);

    /** The account is locked from now on. */
    static Refusal lock(Instant now) {
        return new Refusal(now.plus(LOCKED_FOR), true);
    }

    /** A lock that ends later than any does was noted by a clock that was wrong. */
    boolean holds(Instant now) {
        return now.isBefore(until) && (equals(FOR_GOOD) || !until.isAfter(now.plus(LOCKED_FOR)));
    }
}
