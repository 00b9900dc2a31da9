package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One pump's clock over its whole log: which offset holds from which event on. */
public final class ClockTimeline implements PumpClock {
    /** How far a reading's stamp may lie behind its event's before it is not of the same clock. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Duration ROUNDING = Duration.ofSeconds(2);
    /** Readings come every five minutes; one that is handed in at once is never older. */
    private static final Duration LIVE = Duration.ofMinutes(15);
    /** Sensors keep hours of readings; changes of the clock further back do not matter. */
    public static final int CHANGES_BACK = 20;

    private final ZoneId zone;
    private final List<ClockSegment> segments;
    private final long[] groups;
    private final long[] firstNumbers;

    /**
     * Creates a timeline.
     *
     * @param zone the person's time zone, for events of which the segments say nothing
     * @param segments all segments, in the order of the log
     */
    public ClockTimeline(ZoneId zone, List<ClockSegment> segments) {
        this.zone = zone;
        this.segments = List.copyOf(segments);
        groups = segments.stream().mapToLong(ClockSegment::group).toArray();
        firstNumbers = segments.stream().mapToLong(ClockSegment::firstNumber).toArray();
    }

    /**
     * The timeline of a pump whose log has not been looked at.
     *
     * @param zone the person's time zone
     * @return a timeline that follows the zone
     */
    public static ClockTimeline unknown(ZoneId zone) {
        return new ClockTimeline(zone, List.of());
    }

    /**
     * The segments.
     *
     * @return all of them, in the order of the log
     */
    public List<ClockSegment> segments() {
        return segments;
    }

    /**
     * The zone.
     *
     * @return the person's time zone
     */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The segment of a position in the log.
     *
     * @param position the position
     * @return the group's first segment for positions before it; empty for a group that has none
     */
    public Optional<ClockSegment> segmentAt(SequencePosition position) {
        int index = find(position);
        return index < 0 ? Optional.empty() : Optional.of(segments.get(index));
    }

    @Override
    public PumpTime at(SequencePosition position, LocalDateTime wallClock) {
        int index = find(position);
        if (index < 0) {
            return byZone(wallClock);
        }
        ClockSegment segment = segments.get(index);
        return new PumpTime(segment.utcOf(wallClock), segment.basis());
    }

    @Override
    public PumpTime readingAt(SensorStamp stamp) {
        int index = find(stamp.position());
        LocalDateTime takenAt = stamp.takenAt();
        if (index < 0) {
            return byZone(takenAt);
        }
        ClockSegment segment = segments.get(index);
        LocalDateTime loggedAt = stamp.loggedAt();
        if (segment.offsetMillis() == null) {
            return new PumpTime(null, segment.basis());
        }
        boolean possible = loggedAt == null || !takenAt.isAfter(loggedAt.plus(AHEAD));
        Instant utc = segment.utcOf(takenAt);
        boolean live = !stamp.backfilled() && loggedAt != null && !takenAt.isBefore(loggedAt.minus(LIVE));
        if (possible
                && (live || index == 0 || !utc.isBefore(earliestStart(index).minus(ROUNDING)))) {
            return new PumpTime(utc, segment.basis());
        }
        for (int i = index - 1; i >= Math.max(0, index - CHANGES_BACK); i--) {
            ClockSegment earlier = segments.get(i);
            Instant then = earlier.utcOf(takenAt);
            if (then != null
                    && !then.isBefore(earliestStart(i).minus(ROUNDING))
                    && !then.isAfter(earlier.utcEnd().plus(AHEAD))) {
                return new PumpTime(then, earlier.basis());
            }
        }
        return possible
                ? new PumpTime(utc, segment.basis())
                : new PumpTime(segment.utcOf(loggedAt), TimeBasis.INTERPOLATED);
    }

    /**
     * When a segment may have begun. Where the log does not have the change itself, a segment is known from its first event
     * on only, while the clock may have been moved as soon as the segment before it was last seen.
     */
    private Instant earliestStart(int index) {
        Instant start = segments.get(index).utcStart();
        Instant before = index == 0 ? null : segments.get(index - 1).utcEnd();
        return before != null && before.isBefore(start) ? before : start;
    }

    private PumpTime byZone(LocalDateTime wallClock) {
        ZoneOffset offset = zone.getRules().getOffset(wallClock);
        return new PumpTime(wallClock.toInstant(offset), TimeBasis.ZONE_RULE);
    }

    /** The segment of a position; the group's first one for positions before it, -1 for a group that has none. */
    private int find(SequencePosition position) {
        int from = lowerBound(position.group());
        if (from == groups.length || groups[from] != position.group()) {
            return -1;
        }
        int to = lowerBound(position.group() + 1);
        int at = Arrays.binarySearch(firstNumbers, from, to, position.number());
        return at >= 0 ? at : Math.max(from, -at - 2);
    }

    private int lowerBound(long group) {
        int low = 0;
        int high = groups.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (groups[middle] < group) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
