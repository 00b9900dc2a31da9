package io.github.tandemfetch.watch;

import io.github.tandemfetch.source.HostNotReachedException;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.TransientSourceException;
import io.github.tandemfetch.source.WaitTooLongException;
import java.time.Duration;

/**
 * Spares the service what repeating would cost it: a cycle that logged in and failed all the same, or that found a
 * history incomplete and would ask for much of it again. The first such is repeated after an interval, each further one
 * after twice the time, up to an hour.
 */
final class HoldOff {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 20;

    private final Duration interval;
    private int costlyInARow;

    HoldOff(Duration interval) {
        this.interval = interval;
    }

    /**
     * How long to wait after a cycle, from its start.
     *
     * @param cycle what came of it
     * @param loggedIn whether it began a login
     */
    Duration after(WatchCycle cycle, boolean loggedIn) {
        // A pass without the database asked for nothing: what it misses cannot be requested.
        boolean incomplete = cycle.pass()
                .filter(pass -> !pass.complete() && pass.databaseOpened())
                .isPresent();
        boolean vain = loggedIn && cycle.failure().filter(HoldOff::wasAnswered).isPresent();
        costlyInARow = incomplete || vain ? costlyInARow + 1 : 0;
        Duration doubled = interval.multipliedBy(1L << Math.min(Math.max(costlyInARow - 1, 0), MOST_DOUBLINGS));
        Duration own = shorter(doubled, LONGEST);
        Duration asked = cycle.failure()
                .filter(WaitTooLongException.class::isInstance)
                .map(failure -> shorter(((WaitTooLongException) failure).asked(), LONGEST_ASKED))
                .orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** Without a network nothing is asked of anybody, and what fails here after a login keeps its token. */
    private static boolean wasAnswered(Exception failure) {
        return failure instanceof SourceException
                && !(failure instanceof TransientSourceException)
                && !(failure instanceof HostNotReachedException);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
