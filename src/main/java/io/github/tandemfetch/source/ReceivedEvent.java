package io.github.tandemfetch.source;

/**
 * One element of a pump-logs answer. Its identity is (pump, sequence group, sequence number); a time identifies nothing.
 *
 * @param clockChange whether it came in {@code clockChanges}, which span the pump's whole history, rather than in
 *     {@code events}
 * @param assignmentId the assignment that it says it is of; null where it says none
 * @param sequenceGroup starts over when the pump's log restarts; 0 to {@value EventReader#HIGHEST_GROUP}
 * @param sequenceNumber the event's number in its group; 0 to {@value EventReader#HIGHEST_NUMBER}
 * @param eventCode what kind of event it is; 0 to {@value EventReader#HIGHEST_CODE}
 * @param pumpDateTime the pump's own wall clock as sent, or null where it was absent or no text
 * @param json the element exactly as received, byte for byte
 */
public record ReceivedEvent(
        boolean clockChange,
        String assignmentId,
        long sequenceGroup,
        long sequenceNumber,
        int eventCode,
        String pumpDateTime,
        String json) {
    /** Shows the identity only: the rest is medical data. */
    @Override
    public String toString() {
        return "ReceivedEvent[" + sequenceGroup + ":" + sequenceNumber + "]";
    }
}
