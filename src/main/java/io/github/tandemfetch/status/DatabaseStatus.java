package io.github.tandemfetch.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.clock.ClockReport;
import io.github.tandemfetch.verify.VerifyReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a database, how fresh it is and whether anything is missing.
 *
 * @param sizeBytes the size of the file
 * @param timezone the zone that times are derived with; null before the first fetch
 * @param tables how much each table holds
 * @param pumps how far each pump has been fetched
 * @param unparsedRawEvents raw events that have no event yet
 * @param notFetchedSequenceNumbers missing sequence numbers for which the service has not answered
 * @param verdict whether anything is missing that could be had; counted, not proved
 * @param times how the events' UTC times were found
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record DatabaseStatus(
        long sizeBytes,
        String timezone,
        List<Table> tables,
        List<PumpStatus> pumps,
        long unparsedRawEvents,
        long notFetchedSequenceNumbers,
        VerifyReport.Verdict verdict,
        Times times) {

    public DatabaseStatus {
        tables = List.copyOf(tables);
        pumps = List.copyOf(pumps);
    }

    /**
     * How much a table holds.
     *
     * @param table its name
     * @param rows its rows
     * @param first its earliest time, UTC; null where it holds none
     * @param last its latest time, UTC; null where it holds none
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Table(String table, long rows, Instant first, Instant last) {}

    /**
     * How far a pump has been fetched.
     *
     * @param modelName its model; null where the service does not say
     * @param completeThrough the time of the newest event at the last complete fetch, pump clock; null before that
     * @param completedAt when the last complete fetch ended, UTC; null before that
     * @param missingSequenceNumbers how many numbers are missing within the stored log
     * @param unlistedSince when the service was first seen not to list the pump any more, UTC; null for one that it lists
     * @param gaps what is missing, and what that rests on; null for a database of an older tandem
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record PumpStatus(
            String pumpSerial,
            String modelName,
            LocalDateTime completeThrough,
            Instant completedAt,
            long missingSequenceNumbers,
            Instant unlistedSince,
            GapSummary gaps) {}

    /**
     * How the events' UTC times were found.
     *
     * @param events how many events each basis has
     * @param doubtful the stretches of the pumps' logs whose offset is a guess, or could be another
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Times(Map<String, Long> events, List<ClockReport.PumpTimeline> doubtful) {

        /** Copies both. */
        public Times {
            events = Collections.unmodifiableMap(new TreeMap<>(events));
            doubtful = List.copyOf(doubtful);
        }
    }
}
