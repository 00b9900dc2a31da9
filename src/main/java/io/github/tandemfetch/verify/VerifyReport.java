package io.github.tandemfetch.verify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.pipeline.PatternReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
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

    public VerifyReport {
        checks = List.copyOf(checks);
        unreadable = List.copyOf(unreadable);
    }

    /** How a database is. */
    @RegisterForReflection
    public enum Verdict {
        /** Sound, and nothing is missing that could be had. */
        COMPLETE("complete"),
        /** Sound, and all that the service sends is stored; it does not send a part of the log. */
        PARTLY_SENT("partly_sent"),
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

        public Check {
            examples = List.copyOf(examples);
        }
    }

    /**
     * What is missing within the pumps' logs.
     *
     * @param kinds how many gaps and sequence numbers there are of each kind
     * @param reopened what was answered at an earlier upload only, and may have been uploaded since
     * @param patterns patterns of small gaps, one for each pump that has one
     * @param days the days on which most is missing, or all of them
     * @param dayCount how many days there are in all
     * @param list the largest gaps, or all of them
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Gaps(
            Map<GapKind, Amount> kinds,
            Amount reopened,
            List<PatternReport> patterns,
            List<GapDay> days,
            long dayCount,
            List<GapLine> list) {
        /** How many gaps are listed at most. */
        public static final int MOST_LISTED = 1_000_000;

        static final Gaps NONE = new Gaps(Map.of(), new Amount(0, 0), List.of(), List.of(), 0, List.of());

        /** Copies all of them. */
        public Gaps {
            EnumMap<GapKind, Amount> all = new EnumMap<>(GapKind.class);
            for (GapKind kind : GapKind.values()) {
                all.put(kind, kinds.getOrDefault(kind, new Amount(0, 0)));
            }
            kinds = java.util.Collections.unmodifiableMap(all);
            patterns = List.copyOf(patterns);
            days = List.copyOf(days);
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
        public static Amount of(GapSurvey.Amount amount) {
            return new Amount(amount.gaps(), amount.sequenceNumbers());
        }

        Amount plus(Amount other) {
            return new Amount(gaps + other.gaps, sequenceNumbers + other.sequenceNumbers);
        }
    }

    /**
     * What is missing on a day.
     *
     * @param day the day, pump clock; null where it is not known
     * @param kind the kind of its gaps
     * @param gaps how many gaps
     * @param missing how many numbers are missing in them
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record GapDay(String pumpSerial, LocalDate day, GapKind kind, long gaps, long missing) {}

    /**
     * A gap.
     *
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
     * @param searchedAt since when the service has answered for all its days, UTC; null where it has not
     * @param upload the pump's upload as of which it did, UTC; null where that is not known
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
            Instant searchedAt,
            Instant upload) {}
}
