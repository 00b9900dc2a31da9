package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of asking for one pump's gaps.
 *
 * @param modelName its model; null where the service does not say
 * @param gaps how many gaps the stored log had
 * @param windows how many windows were fetched
 * @param received how many events the service sent, those that are stored already counted
 * @param inserted how many of them were new
 * @param missingBefore how many sequence numbers were missing
 * @param missingSequenceNumbers how many are missing now
 * @param unansweredGaps how many gaps are left of which the service did not even send the events on both sides, so that
 *     it has to be asked again
 * @param rejected how many elements are no events of the pump and have not come before; they are kept in
 *     {@code rejected_events}
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record GapFetch(
        String pumpSerial,
        String modelName,
        int gaps,
        int windows,
        long received,
        long inserted,
        long missingBefore,
        long missingSequenceNumbers,
        long unansweredGaps,
        long rejected) {}
