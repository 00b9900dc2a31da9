package io.github.tandemfetch.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A few events with stamps of another month must not move the times of the others, nor be believed themselves. */
class StrayStampsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    static Stream<Arguments> runs() {
        return LongStream.of(730, 30, 2, -2, -40, -500).boxed().flatMap(days -> Stream.of(1, 2, 3, 7, 20)
                .map(events -> Arguments.of(days, events)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** Some months with a journey and daylight saving. */
    private static DegradedPump pump(long seed) {
        return new DegradedPump(NEW_YORK, Instant.parse("2026-02-20T12:00:00Z"), seed)
                .until(Instant.parse("2026-03-08T20:00:00Z"))
                .set(NEW_YORK)
                .run(Duration.ofDays(20))
                .set(ZoneId.of("Europe/Berlin"))
                .run(Duration.ofDays(6))
                .set(NEW_YORK)
                .run(Duration.ofDays(30));
    }

    private static void stray(DegradedPump pump, int at, Duration by) {
        DegradedPump.Logged event = pump.log.get(at);
        pump.log.set(
                at, new DegradedPump.Logged(event.position(), event.stamp().plus(by), event.truth(), event.change()));
    }

    private static void check(DegradedPump pump, int first, int events, String described) {
        ClockTimeline timeline = pump.timeline();
        for (int i = 0; i < pump.log.size(); i++) {
            DegradedPump.Logged event = pump.log.get(i);
            PumpTime time = timeline.at(event.position(), event.stamp());
            boolean stray = i >= first && i < first + events;
            assertThat(Duration.between(event.truth(), time.utc()).abs())
                    .as("%s, event %d of %d, strays from %d", described, i, pump.log.size(), first)
                    .isLessThanOrEqualTo(stray ? Duration.ofHours(6) : Duration.ofSeconds(1));
            assertThat(time.basis() == TimeBasis.INTERPOLATED)
                    .as("%s, event %d", described, i)
                    .isEqualTo(stray);
        }
    }

    @ParameterizedTest(name = "{1} events, {0} days")
    @MethodSource("runs")
    void a_run_of_stray_stamps_moves_no_other_and_is_put_between_its_neighbors(long days, int events) {
        DegradedPump pump = pump(4);
        int first = pump.log.size() - 40;
        for (int i = 0; i < events; i++) {
            stray(pump, first + i, Duration.ofDays(days));
        }
        check(pump, first, events, "days " + days);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stamps_that_each_stray_elsewhere_move_no_other(long seed) {
        Random random = new Random(seed);
        DegradedPump pump = pump(seed);
        int events = 1 + random.nextInt(6);
        int first = 0;
        boolean quiet = false;
        while (!quiet) {
            first = 10 + random.nextInt(pump.log.size() - 30);
            Duration silence = Duration.between(
                    pump.log.get(first - 1).truth(),
                    pump.log.get(first + events).truth());
            List<DegradedPump.Logged> around = pump.log.subList(first - 2, first + events + 2);
            quiet = around.stream().noneMatch(DegradedPump.Logged::change)
                    && silence.compareTo(Duration.ofHours(6)) < 0;
        }
        for (int i = 0; i < events; i++) {
            int days = (3 + random.nextInt(900)) * (random.nextBoolean() ? 1 : -1);
            stray(pump, first + i, Duration.ofDays(days).plusMinutes(random.nextInt(1000)));
        }
        check(pump, first, events, "seed " + seed);
    }

    @Test
    void a_history_without_strays_has_the_segments_that_it_had() {
        assertThat(pump(1).timeline().segments()).noneMatch(segment -> segment.basis() == TimeBasis.INTERPOLATED);
    }
}
