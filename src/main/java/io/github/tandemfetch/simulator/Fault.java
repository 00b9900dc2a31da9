package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** One way in which a response can fail. */
public sealed interface Fault {

    /** An error with a small HTML page. */
    record Status(int status, OptionalInt retryAfterSeconds) implements Fault {}

    /** Status 200 with an HTML page where JSON belongs, as from a maintenance page or a captive portal. */
    record Html() implements Fault {}

    /**
     * The connection is closed within the body, which the client can detect from the HTTP framing.
     *
     * @param afterBytes bytes of the body sent; a shorter body is complete
     */
    record DroppedConnection(long afterBytes) implements Fault {}

    /**
     * A truncated body with complete framing, which only the JSON reveals.
     *
     * @param afterBytes bytes of the body sent; a shorter body is complete
     */
    record CutBody(long afterBytes) implements Fault {}

    /**
     * {@code Content-Length} is larger than the body before the connection is closed.
     *
     * @param afterBytes bytes of the body sent
     */
    record LyingLength(long afterBytes) implements Fault {}

    /**
     * A delayed response.
     *
     * @param by the time before the first byte
     */
    record Delay(Duration by) implements Fault {}

    /**
     * A slow body.
     *
     * @param bytes bytes at a time
     * @param pause the time between them
     */
    record Trickle(int bytes, Duration pause) implements Fault {}

    /** The body is compressed with gzip where the client accepts it. */
    record Compressed() implements Fault {}

    /** Pump logs: status 200 and a valid response without events; clock changes stay. */
    record EmptyEvents() implements Fault {}

    /** Pump logs: later days first, and each day's events shuffled; none missing. */
    record OutOfOrder() implements Fault {}

    /**
     * Pump logs: duplicate events in one response.
     *
     * @param every every how many-th event is repeated at the end of its day
     */
    record Repeated(int every) implements Fault {}

    /** Pump logs: code, group and number of each event are strings; pumper: {@code pumps} is an object. */
    record ChangedTypes() implements Fault {}

    /** Pump logs: the {@code eventCodes} filter is ignored, as the service sometimes does. */
    record IgnoredEventCodes() implements Fault {}

    /** Pump logs: some events are missing, also in {@code clockChanges}. */
    record LeftOut(List<Stretch> stretches) implements Fault {
        public LeftOut {
            stretches = List.copyOf(stretches);
        }

        /** A range of sequence numbers in a pump's log, inclusive. */
        public record Stretch(String assignmentId, long sequenceGroup, long firstNumber, long lastNumber) {
            boolean holds(String assignment, long group, long number) {
                return assignmentId.equals(assignment)
                        && sequenceGroup == group
                        && firstNumber <= number
                        && number <= lastNumber;
            }
        }
    }

    /** Pump logs: events of some codes are never sent, so that their sequence numbers are always missing. */
    record NeverSent(Set<Integer> codes) implements Fault {
        /** Copies the set. */
        public NeverSent {
            codes = Set.copyOf(codes);
        }
    }

    /**
     * Pump logs: an invalid element after the first event of each response.
     *
     * @param element need not be JSON
     */
    record OddElement(String element) implements Fault {}

    /** Pump logs: no event has a timestamp. */
    record BlankStamps() implements Fault {}

    /** Pump logs: the response has no {@code clockChanges}. */
    record NoClockChanges() implements Fault {}

    /**
     * Pump logs: windows longer than a number of days fail.
     *
     * @param days the longest window that succeeds
     */
    record LongWindows(int days, How how) implements Fault {
        /** How a window that is too long fails. */
        public enum How {
            /** Status 504. */
            TIMEOUT,
            /** Status 400. */
            REJECTED,
            /** Status 200 with the events of the first days only. */
            CUT
        }
    }

    /** Pump logs: windows with this day fail with status 504, however short. */
    record BrokenDay(LocalDate day) implements Fault {}

    /** Pumper: another date for {@code maxDateOfEvents} and the end of {@code availableDataRange}. */
    record NewestDate(LocalDateTime newest) implements Fault {}

    /** Pumper: serial numbers and model names end in terminal escape sequences. */
    record TerminalEscapes() implements Fault {}

    /** Pumper: {@code assignmentId} of the first pump is a number, with which its log cannot be requested. */
    record NumericAssignment() implements Fault {}

    /**
     * A day that is missing until the second list of pumps, whose {@code lastUploadDate} is an hour later, with an
     * unchanged {@code maxDateOfEvents}.
     *
     * @param day pump clock
     */
    record LateHistory(LocalDate day) implements Fault {}
}
