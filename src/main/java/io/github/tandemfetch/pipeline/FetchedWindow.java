package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.RawEventStaging;
import java.time.LocalDateTime;

/**
 * A whole answer.
 *
 * @param window what was asked for
 * @param staging its events
 * @param events how many they are, clock changes not counted
 * @param newest the latest stamp among them, pump clock; null where none has a readable one
 */
record FetchedWindow(FetchWindow window, RawEventStaging staging, long events, LocalDateTime newest) {
    /** Whether the service had no event for the days. */
    boolean isEmpty() {
        return events == 0;
    }
}
