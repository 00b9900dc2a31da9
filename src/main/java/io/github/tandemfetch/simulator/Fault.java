package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** One way in which an answer can go wrong. */
public sealed interface Fault {

    /**
     * The answer is an error with a small HTML page, whatever was asked.
     *
     * @param status the HTTP status
     * @param retryAfterSeconds the {@code Retry-After} header in seconds, where there is one
     */
    record Status(int status, OptionalInt retryAfterSeconds) implements Fault {}

    /** Status 200 with an HTML page where JSON belongs, as a maintenance page or a captive portal gives it. */
    record Html() implements Fault {}

    /**
     * The body stops and the connection is closed without the end that HTTP framing needs: the client can tell.
     *
     * @param afterBytes how many bytes of the body are sent; a shorter body comes whole
     */
    record DroppedConnection(long afterBytes) implements Fault {}

    /**
     * The body stops but its framing is complete: only the JSON tells.
     *
     * @param afterBytes how many bytes of the body are sent; a shorter body comes whole
     */
    record CutBody(long afterBytes) implements Fault {}

    /**
     * {@code Content-Length} promises more than comes before the connection is closed.
     *
     * @param afterBytes how many bytes of the body are sent
     */
    record LyingLength(long afterBytes) implements Fault {}

    /**
     * The answer starts late.
     *
     * @param by how long the server thinks before the first byte
     */
    record Delay(Duration by) implements Fault {}

    /**
     * The body comes in drops.
     *
     * @param bytes how many bytes at a time
     * @param pause how long the server waits between them
     */
    record Trickle(int bytes, Duration pause) implements Fault {}

    /** The body is compressed with gzip where the client says that it may be. */
    record Compressed() implements Fault {}

    /** Pump logs: status 200 and a valid answer without any event; clock changes stay. */
    record EmptyEvents() implements Fault {}

    /** Pump logs: later days first, and each day's events in disorder; none missing. */
    record OutOfOrder() implements Fault {}

    /**
     * Pump logs: some events come twice in one answer.
     *
     * @param every every how many-th event is repeated at the end of its day
     */
    record Repeated(int every) implements Fault {}

    /** Pump logs: code, group and number of each event come as text; pumper: {@code pumps} is an object. */
    record ChangedTypes() implements Fault {}

    /** Pump logs: the {@code eventCodes} filter is ignored, as the service has been seen to do. */
    record IgnoredEventCodes() implements Fault {}

    /**
     * Pump logs: some events are left out, as if they were not there (yet); {@code clockChanges} too.
     *
     * @param stretches which ones
     */
    record LeftOut(List<Stretch> stretches) implements Fault {
        /** Copies the list. */
        public LeftOut {
            stretches = List.copyOf(stretches);
        }

        /**
         * A stretch of a pump's log.
         *
         * @param assignmentId the pump
         * @param sequenceGroup the group
         * @param firstNumber the first sequence number
         * @param lastNumber the last sequence number
         */
        public record Stretch(String assignmentId, long sequenceGroup, long firstNumber, long lastNumber) {
            boolean holds(String assignment, long group, long number) {
                return assignmentId.equals(assignment)
                        && sequenceGroup == group
                        && firstNumber <= number
                        && number <= lastNumber;
            }
        }
    }

    /**
     * Pump logs: events of some codes are never sent, so that their sequence numbers are missing everywhere.
     *
     * @param codes which codes
     */
    record NeverSent(Set<Integer> codes) implements Fault {
        /** Copies the set. */
        public NeverSent {
            codes = Set.copyOf(codes);
        }
    }

    /**
     * Pump logs: something stands among the events, behind the first one of each answer.
     *
     * @param element what stands there, which need not be JSON
     */
    record OddElement(String element) implements Fault {}

    /** Pump logs: no event has a stamp. */
    record BlankStamps() implements Fault {}

    /** Pump logs: the answer has no {@code clockChanges}. */
    record NoClockChanges() implements Fault {}

    /**
     * Pump logs: windows of more days than some are not answered as they should be.
     *
     * @param days how many days are answered well
     * @param how what happens to longer windows
     */
    record LongWindows(int days, How how) implements Fault {
        /** What happens to a window that is too long. */
        public enum How {
            /** Status 504. */
            TIMEOUT,
            /** Status 400. */
            REJECTED,
            /** Status 200 with the events of the first days only. */
            CUT
        }
    }

    /**
     * Pump logs: days that are not answered, however short the window; status 504.
     *
     * @param day the day
     */
    record BrokenDay(LocalDate day) implements Fault {}

    /**
     * Pumper: {@code maxDateOfEvents} and the end of {@code availableDataRange} are another date.
     *
     * @param newest the date that is said
     */
    record NewestDate(LocalDateTime newest) implements Fault {}

    /** Pumper: serial numbers and model names end in sequences that a terminal would obey. */
    record TerminalEscapes() implements Fault {}

    /** Pumper: {@code assignmentId} of the first pump is a number, by which its log cannot be requested. */
    record NumericAssignment() implements Fault {}

    /**
     * A day is missing at first; from the second list of pumps on it is there, and {@code lastUploadDate} an hour later,
     * with {@code maxDateOfEvents} as it was.
     *
     * @param day the day, pump clock
     */
    record LateHistory(LocalDate day) implements Fault {}
}
