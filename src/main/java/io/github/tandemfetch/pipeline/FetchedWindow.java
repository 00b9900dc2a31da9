package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.RawEventStaging;
import java.time.LocalDateTime;

/**
 * A whole answer.
 *
 * @param window what was asked for
 * @param staging its events
 * @param events how many they are, clock changes not counted
 * @param newest the latest stamp among them, pump clock; null where none has a readable one
 * @param clockChangesSent whether it had a list of clock changes
 * @param askedBefore whether the days were asked for as a part of a longer window, whose answer had none of their events
 */
record FetchedWindow(
        FetchWindow window,
        RawEventStaging staging,
        long events,
        LocalDateTime newest,
        boolean clockChangesSent,
        boolean askedBefore) {
    /** Whether the service had no event for the days, and was asked for them once only. */
    boolean isEmpty() {
        return events == 0 && !askedBefore;
    }

    /** The same answer as one to other days. */
    FetchedWindow as(FetchWindow other, boolean wasAskedBefore) {
        return new FetchedWindow(other, staging, events, newest, clockChangesSent, wasAskedBefore);
    }
}
