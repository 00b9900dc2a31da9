package io.github.tandemfetch.source;

/**
 * An element of a pump-logs answer that cannot be stored as an event.
 *
 * @param reason what is wrong with it, as the end of the sentence "It …"; none of its content
 * @param content the element as received, or its beginning where it is longer than {@link PumpLogReader#LONGEST_EVENT}
 * @param size how many bytes it has
 */
public record RejectedEvent(String reason, byte[] content, long size) {
    /** The reason only: the rest is medical data. */
    @Override
    public String toString() {
        return "RejectedEvent[" + reason + "]";
    }
}
