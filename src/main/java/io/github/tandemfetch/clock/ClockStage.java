package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.ClockTimelineTable.Progress;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps each pump's timeline up to what its raw events say, and every time that follows from it. A clock change that is
 * learnt later moves the times it touches in the same transaction as the timeline, so that the two never contradict.
 */
public final class ClockStage {
    /** The codes of the events that tell of a clock change; every answer has all of them, whatever days it is for. */
    public static final List<Integer> CHANGE_CODES = Arrays.stream(ClockChange.Kind.values())
            .map(ClockChange.Kind::eventCode)
            .toList();

    private static final Logger LOG = Logger.getLogger(ClockStage.class);

    private final Database database;
    private final ZoneId zone;
    private final DependentRows dependent;
    private final ClockTimelineTable timelines;

    /**
     * Works on an open database.
     *
     * @param zone the zone that the pump's clock is taken to follow where its log does not say otherwise
     * @param dependent what moves with the events
     */
    public ClockStage(Database database, ZoneId zone, DependentRows dependent) {
        this.database = database;
        this.dependent = dependent;
        this.zone = zone;
        this.timelines = new ClockTimelineTable(database);
    }

    /** The clocks that the stored times follow. */
    public PumpClocks stored() {
        Map<String, ClockTimeline> clocks = new HashMap<>();
        timelines.all().forEach((pump, entries) -> clocks.put(pump, timeline(entries)));
        return new PumpClocks(zone, clocks);
    }

    private ClockTimeline stored(String pump) {
        return timeline(timelines.of(pump));
    }

    private ClockTimeline timeline(List<ClockSegment> segments) {
        return new ClockTimeline(zone, segments);
    }

    /** The timeline that a pump's raw events show now, as it would be stored. */
    public List<ClockSegment> shown(ClockLog log, String pump) {
        return new TimelineBuilder(zone).build(evidence(log, pump)).segments();
    }

    /**
     * Looks at raw events that are new, and moves the times that they show to be others.
     *
     * @param notice hears of stamps that turned out not to be believable
     */
    public PumpClocks update(Consumer<String> notice) {
        ClockLog log = new ClockLog(database);
        for (ClockLog.Extent extent : log.extents()) {
            Progress now = new Progress(extent.lastId(), zone.getId());
            Progress before = timelines.progressOf(extent.pumpSerial()).orElse(null);
            if (!now.equals(before)) {
                long started = System.nanoTime();
                ClockTimeline timeline = new TimelineBuilder(zone).build(evidence(log, extent.pumpSerial()));
                long found = System.nanoTime();
                ClockTimeline known = stored(extent.pumpSerial());
                long timedBefore = before == null ? 0 : before.lastRawId();
                database.transaction(connection -> {
                    move(extent.pumpSerial(), timeline, timedBefore);
                    timelines.lookedAt(extent.pumpSerial(), now);
                    return null;
                });
                strays(extent.pumpSerial(), known, timeline).ifPresent(notice);
                LOG.infof(
                        "Clock of pump %s: %d stretches, found in %d ms; times moved in %d ms",
                        extent.pumpSerial(),
                        timeline.segments().size(),
                        (found - started) / 1_000_000,
                        (System.nanoTime() - found) / 1_000_000);
            }
        }
        return stored();
    }

    /** Told once: what the timeline says already is no news. */
    private static Optional<String> strays(String pump, ClockTimeline before, ClockTimeline after) {
        Set<SequencePosition> known = before.segments().stream()
                .filter(ClockStage::isStray)
                .map(segment -> new SequencePosition(segment.group(), segment.firstNumber()))
                .collect(Collectors.toSet());
        List<ClockSegment> strays = after.segments().stream()
                .filter(ClockStage::isStray)
                .filter(segment -> !known.contains(new SequencePosition(segment.group(), segment.firstNumber())))
                .toList();
        return strays.stream()
                .findFirst()
                .map(first -> "Pump " + pump + ": events have stamps that cannot be right, from group " + first.group()
                        + ", number " + first.firstNumber() + " (" + first.wallStart() + ", pump clock) on"
                        + (strays.size() == 1 ? "" : " and in " + (strays.size() - 1) + " more places")
                        + "; they are put between their neighbors. 'tandem clock' tells more.");
    }

    private static boolean isStray(ClockSegment segment) {
        return segment.cause() == ClockCause.UNANNOUNCED && segment.basis() == TimeBasis.INTERPOLATED;
    }

    /** What a pump's log says about its clock. */
    static ClockEvidence evidence(ClockLog log, String pump) {
        ClockChangeReader reader = new ClockChangeReader();
        List<ClockChange> changes = log.changes(pump, CHANGE_CODES).stream()
                .flatMap(raw -> reader
                        .read(
                                new SequencePosition(raw.sequenceGroup(), raw.sequenceNumber()),
                                raw.eventCode(),
                                raw.pumpTimestamp(),
                                new String(raw.json(), StandardCharsets.UTF_8))
                        .stream())
                .toList();
        return new ClockEvidence(log.spans(pump), changes, log.steps(pump, CHANGE_CODES, LogStep.SILENCE));
    }

    private void move(String pump, ClockTimeline timeline, long timedBefore) {
        ClockTimeline before = stored(pump);
        timelines.replace(pump, timeline.segments());
        Retiming retiming = new Retiming(database);
        boolean nothingParsed = new EventTable(database).isEmpty();
        int stretchesToLook = 0;
        for (Stretch stretch : cut(pump, before, timeline)) {
            boolean moved = isMoved(before, timeline, stretch);
            retiming.rawEvents(stretch, moved ? 0 : timedBefore);
            if (nothingParsed) {
                continue;
            }
            if (moved) {
                retiming.events(stretch);
            }
            if (moved || stretchesToLook > 0) {
                dependent.retime(stretch, timeline, moved);
            }
            stretchesToLook = moved ? ClockTimeline.CHANGES_BACK : stretchesToLook - 1;
        }
        dependent.finish(pump);
    }

    /** The log cut at every place at which the old or the new timeline begins a segment. */
    private static List<Stretch> cut(String pump, ClockTimeline before, ClockTimeline after) {
        Map<Long, List<Long>> starts = new java.util.TreeMap<>();
        for (ClockTimeline timeline : List.of(before, after)) {
            for (ClockSegment segment : timeline.segments()) {
                starts.computeIfAbsent(segment.group(), group -> new ArrayList<>())
                        .add(segment.firstNumber());
            }
        }
        List<Stretch> stretches = new ArrayList<>();
        starts.forEach((group, numbers) -> {
            List<Long> sorted = numbers.stream().distinct().sorted().toList();
            for (int i = 0; i < sorted.size(); i++) {
                long first = i == 0 ? Long.MIN_VALUE : sorted.get(i);
                long end = i + 1 < sorted.size() ? sorted.get(i + 1) : Long.MAX_VALUE;
                after.segmentAt(new SequencePosition(group, sorted.get(i)))
                        .ifPresent(segment -> stretches.add(new Stretch(pump, segment.startingAt(first), end)));
            }
        });
        return stretches;
    }

    private static boolean isMoved(ClockTimeline before, ClockTimeline after, Stretch stretch) {
        SequencePosition last = new SequencePosition(stretch.segment().group(), stretch.endNumber() - 1);
        return !after.segmentAt(last)
                .orElseThrow()
                .timesLike(before.segmentAt(last).orElse(null));
    }
}
