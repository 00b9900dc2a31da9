package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the proof of a database came to.
 *
 * @param database the file
 * @param verdict the outcome of everything
 * @param checkedAt when it began, UTC
 * @param seconds how long it took
 * @param checks every check
 * @param gaps what is missing within the pumps' logs
 * @param unreadable the events whose glucose value or basal rate cannot be read
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record VerifyReport(
        String database,
        Verdict verdict,
        Instant checkedAt,
        double seconds,
        List<Check> checks,
        Gaps gaps,
        List<UnreadableKind> unreadable) {

    /** Copies the lists. */
    public VerifyReport {
        checks = List.copyOf(checks);
        unreadable = List.copyOf(unreadable);
    }

    /** How a database is. */
    @RegisterForReflection
    public enum Verdict {
        /** Sound, and nothing is missing that could be had. */
        COMPLETE("complete"),
        /** Sound, but a stage has work left, or the service has not been asked for all that is missing. */
        INCOMPLETE("incomplete"),
        /** Something stored is wrong. */
        DAMAGED("damaged");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /**
         * The name in JSON and in reports.
         *
         * @return such as {@code complete}
         */
        @JsonValue
        public String label() {
            return label;
        }
    }

    /**
     * One check.
     *
     * @param name its name
     * @param proves what it proves where nothing is found
     * @param outcome {@link Verdict#COMPLETE} where nothing was found
     * @param looked how many rows or tables were looked at
     * @param findings how many findings there are
     * @param examples the first of them
     * @param remedy what to do; null where nothing was found
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Check(
            String name,
            String proves,
            Verdict outcome,
            long looked,
            long findings,
            List<String> examples,
            String remedy) {

        /** Copies the list. */
        public Check {
            examples = List.copyOf(examples);
        }
    }

    /**
     * What is missing within the pumps' logs.
     *
     * @param list every gap, in the order of the logs; the first {@value #MOST_LISTED} of very many
     * @param kinds how many gaps and sequence numbers there are of each kind
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Gaps(Map<GapKind, Amount> kinds, List<GapLine> list) {
        /** How many gaps are listed at most. */
        public static final int MOST_LISTED = 10_000;

        /** Copies both. */
        public Gaps {
            EnumMap<GapKind, Amount> all = new EnumMap<>(GapKind.class);
            for (GapKind kind : GapKind.values()) {
                all.put(kind, kinds.getOrDefault(kind, new Amount(0, 0)));
            }
            kinds = java.util.Collections.unmodifiableMap(all);
            list = List.copyOf(list);
        }

        /**
         * How much there is of a kind.
         *
         * @param kind the kind
         * @return none where there is no such gap
         */
        public Amount of(GapKind kind) {
            return kinds.get(kind);
        }

        /**
         * How many sequence numbers are missing.
         *
         * @return over all kinds
         */
        @JsonProperty
        public long missingSequenceNumbers() {
            return kinds.values().stream().mapToLong(Amount::sequenceNumbers).sum();
        }

        /**
         * How many gaps there are.
         *
         * @return over all kinds
         */
        @JsonProperty
        public long count() {
            return kinds.values().stream().mapToLong(Amount::gaps).sum();
        }
    }

    /**
     * How much there is of a kind of gap.
     *
     * @param gaps how many gaps
     * @param sequenceNumbers how many numbers are missing in them
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Amount(long gaps, long sequenceNumbers) {
        Amount plus(long numbers) {
            return new Amount(gaps + 1, sequenceNumbers + numbers);
        }
    }

    /**
     * A gap.
     *
     * @param pumpSerial the pump
     * @param sequenceGroup the group
     * @param firstMissing the first missing number
     * @param lastMissing the last missing number
     * @param missing how many numbers are missing
     * @param kind which kind it is
     * @param reason what shows it
     * @param pumpFrom what the pump's clock showed at the event before; null where that is not known
     * @param pumpTo what the pump's clock showed at the event after; null where that is not known
     * @param from when the event before happened, UTC; null where that is not known
     * @param to when the event after happened, UTC; null where that is not known
     * @param searchedAt when the service was last asked, UTC; null where it never was
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record GapLine(
            String pumpSerial,
            long sequenceGroup,
            long firstMissing,
            long lastMissing,
            long missing,
            GapKind kind,
            String reason,
            LocalDateTime pumpFrom,
            LocalDateTime pumpTo,
            Instant from,
            Instant to,
            Instant searchedAt) {}
}
