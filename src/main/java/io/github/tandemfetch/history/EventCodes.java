package io.github.tandemfetch.history;

import java.util.Collection;
import java.util.stream.Collectors;

/** Event codes as they stand in a statement. */
public final class EventCodes {
    private EventCodes() {}

    /** The codes with commas between them, to stand in the brackets of an {@code IN}. */
    public static String list(Collection<Integer> eventCodes) {
        return eventCodes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
