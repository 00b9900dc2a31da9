package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A pump that logs an event every five minutes or so, with a clock that people and batteries do things to. It knows
 * the true time of all it logs. Written from the facts about the service alone, independent of the simulator.
 */
public final class DegradedPump {
    private static final long DAY = 86_400_000L;
    private static final LocalDateTime EPOCH_2008 = LocalDateTime.of(2008, 1, 1, 0, 0);

    public final List<Logged> log = new ArrayList<>();
    public final ZoneId home;

    private final Random random;
    private final List<ClockChange> changes = new ArrayList<>();
    private long now;
    private long offset;
    private double gain;
    private long group = 1;
    private long number = 1_000;
    private long cadence = 300_000;
    private boolean follows;
    private boolean stampsBefore;

    /** An event with its stamp and the truth. */
    public record Logged(SequencePosition position, LocalDateTime stamp, Instant truth, boolean change) {}

    public DegradedPump(ZoneId home, Instant start, long seed) {
        this.home = home;
        this.random = new Random(seed);
        this.now = start.toEpochMilli();
        this.offset = legal(home);
    }

    public Random random() {
        return random;
    }

    public Instant now() {
        return Instant.ofEpochMilli(now);
    }

    public DegradedPump every(Duration newCadence) {
        cadence = newCadence.toMillis();
        return this;
    }

    /** The clock starts out wrong. */
    public DegradedPump wrongBy(Duration error) {
        offset += error.toMillis();
        return this;
    }

    /** The clock gains so much every day. */
    public DegradedPump gaining(Duration perDay) {
        gain = (double) perDay.toMillis() / DAY;
        return this;
    }

    /** The clock follows the zone's rule by itself. */
    public DegradedPump following() {
        follows = true;
        return this;
    }

    /** Changes of the clock are stamped by the clock as it was before. */
    public DegradedPump stampingBefore() {
        stampsBefore = true;
        return this;
    }

    /** The pump works on. */
    public DegradedPump run(Duration time) {
        long end = now + time.toMillis();
        long next = now + 1_000 * random.nextLong(cadence / 1000) + 1_000;
        while (next < end) {
            pass(next - now);
            log();
            next = now + cadence + 1_000 * (random.nextInt(9) - 4);
        }
        pass(end - now);
        return this;
    }

    public DegradedPump until(Instant end) {
        return run(Duration.between(now(), end));
    }

    private void pass(long millis) {
        now += millis;
        offset += Math.round(gain * millis);
        if (follows) {
            offset = legal(home);
        }
    }

    private void log() {
        log.add(new Logged(new SequencePosition(group, number++), stamp(now + offset), now(), false));
    }

    /** Nothing is logged, but the clock runs. */
    public DegradedPump silent(Duration time) {
        pass(time.toMillis() / 1000 * 1000);
        return this;
    }

    /** The battery is dead for some time, then the pump wakes up in 2008. */
    public DegradedPump batteryDead(Duration time) {
        now += time.toMillis() / 1000 * 1000;
        offset = millis(EPOCH_2008) - now;
        return this;
    }

    /** The log starts over. */
    public DegradedPump restart() {
        group++;
        number = 1 + random.nextInt(3);
        return this;
    }

    /** Somebody sets the clock to the legal time of a zone, with an error. */
    public DegradedPump set(ZoneId zone, Duration error) {
        return setTo(now + legal(zone) + error.toMillis());
    }

    public DegradedPump set(ZoneId zone) {
        return set(zone, Duration.ZERO);
    }

    /** Somebody moves the clock by hand. */
    public DegradedPump move(Duration by) {
        return setTo(now + offset + by.toMillis());
    }

    private DegradedPump setTo(long target) {
        long shown = now + offset;
        long days = Math.floorDiv(target, DAY) - Math.floorDiv(shown, DAY);
        if (days != 0) {
            change(
                    days * DAY,
                    ClockChange.Kind.DATE,
                    Math.floorDiv(shown, DAY) - epochDay(),
                    Math.floorDiv(target, DAY) - epochDay());
        }
        long prior = Math.floorMod(shown, DAY);
        long after = Math.floorMod(target, DAY);
        if (prior != after) {
            change(after - prior, ClockChange.Kind.TIME, prior, after);
        }
        return this;
    }

    private void change(long delta, ClockChange.Kind kind, long prior, long after) {
        LocalDateTime stamp = stamp(now + offset + (stampsBefore ? 0 : delta));
        offset += delta;
        SequencePosition position = new SequencePosition(group, number++);
        changes.add(new ClockChange(position, kind, stamp, prior, after));
        log.add(new Logged(position, stamp, now(), true));
    }

    /** The last changes are not in the log, nor anywhere else. */
    public DegradedPump losing(int count) {
        for (int i = 0; i < count; i++) {
            ClockChange lost = changes.remove(changes.size() - 1);
            log.removeIf(event -> event.position().equals(lost.position()));
        }
        return this;
    }

    /** Of a change of date and time, the date's event is not in the log. */
    public DegradedPump losingDate() {
        changes.stream()
                .filter(change -> change.kind() == ClockChange.Kind.DATE)
                .map(ClockChange::position)
                .toList()
                .forEach(lost -> {
                    changes.removeIf(change -> change.position().equals(lost));
                    log.removeIf(event -> event.position().equals(lost));
                });
        return this;
    }

    /** The last change's event has no readable values. */
    public DegradedPump withoutDetails() {
        ClockChange last = changes.remove(changes.size() - 1);
        changes.add(new ClockChange(last.position(), last.kind(), last.stamp(), null, null));
        return this;
    }

    public List<ClockChange> changes() {
        return List.copyOf(changes);
    }

    long offsetNow() {
        return offset;
    }

    private long legal(ZoneId zone) {
        return zone.getRules().getOffset(now()).getTotalSeconds() * 1000L;
    }

    private static long epochDay() {
        return EPOCH_2008.toLocalDate().toEpochDay();
    }

    private static long millis(LocalDateTime wall) {
        return wall.toEpochSecond(ZoneOffset.UTC) * 1000;
    }

    /** The pump stamps whole seconds. */
    private static LocalDateTime stamp(long wallMillis) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(wallMillis, 1000L), 0, ZoneOffset.UTC);
    }

    public ClockEvidence evidence() {
        return evidence(log, changes);
    }

    /** What the store finds in a log. */
    public static ClockEvidence evidence(List<Logged> log, List<ClockChange> changes) {
        List<LogSpan> spans = new ArrayList<>();
        List<LogStep> steps = new ArrayList<>();
        Map<Long, Logged> first = new TreeMap<>();
        Map<Long, Logged> last = new HashMap<>();
        Logged previous = null;
        for (Logged event : log) {
            long group = event.position().group();
            if (previous == null || previous.position().group() != group) {
                first.putIfAbsent(group, event);
                if (previous != null) {
                    last.put(previous.position().group(), previous);
                }
            } else {
                LogStep step = new LogStep(
                        group,
                        previous.position().number(),
                        previous.stamp(),
                        event.position().number(),
                        event.stamp(),
                        previous.change() || event.change());
                if (step.isNotable()) {
                    steps.add(step);
                }
            }
            previous = event;
        }
        if (previous != null) {
            last.put(previous.position().group(), previous);
        }
        first.forEach((group, event) -> spans.add(new LogSpan(
                group,
                event.position().number(),
                event.stamp(),
                last.get(group).position().number(),
                last.get(group).stamp())));
        return new ClockEvidence(spans, changes, steps);
    }

    public ClockTimeline timeline() {
        return new TimelineBuilder(home).build(evidence());
    }

    /** The share of events whose UTC is found to the second. */
    double score() {
        ClockTimeline timeline = timeline();
        long right = log.stream()
                .filter(event -> {
                    Instant utc = timeline.at(event.position(), event.stamp()).utc();
                    return utc != null
                            && Duration.between(utc, event.truth()).abs().compareTo(Duration.ofSeconds(1)) <= 0;
                })
                .count();
        return (double) right / log.size();
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        for (ClockSegment segment : timeline().segments()) {
            text.append(String.format(
                    "%n%d/%d %s..%s offset %s drift %.3g %s %s shift %s alt %s",
                    segment.group(),
                    segment.firstNumber(),
                    segment.utcStart(),
                    segment.utcEnd(),
                    segment.offsetMillis() == null ? null : segment.offsetMillis() / 1000.0,
                    segment.driftRate(),
                    segment.basis(),
                    segment.cause(),
                    segment.shiftMillis(),
                    segment.alternativeOffsetMillis()));
        }
        return text.toString();
    }
}
