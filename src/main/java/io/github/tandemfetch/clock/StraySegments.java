package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts events with stray stamps behind the event before them: what their stamps say is no time at which they can have
 * happened. The segment that they lie in goes on behind them as if they were not there.
 */
final class StraySegments {
    private StraySegments() {}

    static List<ClockSegment> put(List<ClockSegment> segments, List<StrayRun> strays) {
        if (strays.isEmpty()) {
            return segments;
        }
        List<StrayRun> sorted = new ArrayList<>(strays);
        sorted.sort(Comparator.comparingLong(StrayRun::group).thenComparingLong(StrayRun::firstNumber));
        List<ClockSegment> all = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            ClockSegment segment = segments.get(i);
            ClockSegment next = i + 1 < segments.size() ? segments.get(i + 1) : null;
            long end = next != null && next.group() == segment.group() ? next.firstNumber() : Long.MAX_VALUE;
            cut(
                    all,
                    segment,
                    sorted.stream()
                            .filter(run -> run.group() == segment.group()
                                    && run.firstNumber() > segment.firstNumber()
                                    && run.nextNumber() < end)
                            .toList());
        }
        return all;
    }

    private static void cut(List<ClockSegment> all, ClockSegment segment, List<StrayRun> strays) {
        if (strays.isEmpty() || segment.offsetMillis() == null || segment.driftRate() != 0) {
            all.add(segment);
            return;
        }
        ClockSegment rest = segment;
        for (StrayRun run : strays) {
            if (run.firstNumber() > rest.firstNumber()) {
                all.add(from(rest, rest.firstNumber(), rest.wallStart(), WallMillis.toWallClock(run.wallBefore())));
            }
            all.add(new ClockSegment(
                    new SequencePosition(run.group(), run.firstNumber()),
                    WallMillis.toWallClock(run.firstWall()),
                    WallMillis.toWallClock(Math.max(run.firstWall(), run.lastWall())),
                    new ClockSegment.Offset(segment.offsetMillis() + run.firstWall() - run.wallBefore(), 0),
                    TimeBasis.INTERPOLATED,
                    new ClockSegment.Change(ClockCause.UNANNOUNCED, null),
                    null));
            rest = from(segment, run.nextNumber(), WallMillis.toWallClock(run.wallAfter()), segment.wallEnd());
        }
        all.add(rest);
    }

    private static ClockSegment from(
            ClockSegment segment, long firstNumber, LocalDateTime wallStart, LocalDateTime wallEnd) {
        boolean begins = firstNumber == segment.firstNumber();
        return new ClockSegment(
                new SequencePosition(segment.group(), firstNumber),
                wallStart,
                wallEnd.isBefore(wallStart) ? wallStart : wallEnd,
                new ClockSegment.Offset(segment.offsetMillis(), segment.driftRate()),
                segment.basis(),
                new ClockSegment.Change(
                        begins ? segment.cause() : ClockCause.UNANNOUNCED, begins ? segment.shiftMillis() : null),
                segment.alternativeOffsetMillis());
    }
}
