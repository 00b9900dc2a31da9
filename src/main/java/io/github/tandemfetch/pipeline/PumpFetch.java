package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of fetching one pump.
 *
 * @param pumpSerial the pump
 * @param modelName its model; null where the service does not say
 * @param state how it ended
 * @param windows how many windows were fetched
 * @param received how many events the service sent, overlaps counted, the clock changes of each answer not
 * @param inserted how many of them were new
 * @param conflicting how many were stored before with another text, which was kept
 * @param contradicting how many of these are other events than the stored ones, and have not come before; they are kept in
 *     {@code conflicting_events}
 * @param replaced how many events came more complete than they were stored, and were replaced; what was stored is kept in
 *     {@code conflicting_events}
 * @param rejected how many elements are no events of the pump and have not come before; they are kept in
 *     {@code rejected_events}
 * @param emptyWindows how many windows the service had no event for, asked twice
 * @param missingSequenceNumbers how many numbers are missing within the stored log
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record PumpFetch(
        String pumpSerial,
        String modelName,
        State state,
        int windows,
        long received,
        long inserted,
        long conflicting,
        long contradicting,
        long replaced,
        long rejected,
        int emptyWindows,
        long missingSequenceNumbers) {

    /** How the fetch of a pump ended. */
    public enum State {
        /** Everything the service has is stored. */
        COMPLETE,
        /** The service has nothing newer than the last complete fetch; nothing was asked for. */
        UP_TO_DATE,
        /** The pump has never been uploaded. */
        NEVER_UPLOADED,
        /** The service says there are newer events than it sent; the next fetch asks for them again. */
        INCOMPLETE
    }

    static PumpFetch untouched(String pumpSerial, String modelName, State state, long missingSequenceNumbers) {
        return new PumpFetch(pumpSerial, modelName, state, 0, 0, 0, 0, 0, 0, 0, 0, missingSequenceNumbers);
    }
}
