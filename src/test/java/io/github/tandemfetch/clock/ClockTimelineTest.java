package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a timeline makes of each thing that happens to a pump's clock, one example each. */
class ClockTimelineTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static DegradedPump newYork(String start) {
        return new DegradedPump(NEW_YORK, Instant.parse(start), 1);
    }

    private static List<ClockCause> causes(DegradedPump pump) {
        return pump.timeline().segments().stream().map(ClockSegment::cause).toList();
    }

    private static List<Double> hours(DegradedPump pump) {
        return pump.timeline().segments().stream()
                .map(segment -> segment.offsetMillis() / 3_600_000.0)
                .toList();
    }

    @Test
    void without_any_change_the_zone_tells_the_offset() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z").run(Duration.ofDays(3));

        DegradedPump.Logged event = pump.log.get(5);
        assertThat(pump.timeline().at(event.position(), event.stamp()))
                .isEqualTo(new PumpTime(event.truth(), TimeBasis.ZONE_RULE));
        assertThat(hours(pump)).containsExactly(-4.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {730, 2, -2, -500})
    void one_event_with_a_stray_stamp_moves_no_other(long days) {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z").run(Duration.ofDays(20));
        int middle = pump.log.size() / 2;
        DegradedPump.Logged event = pump.log.get(middle);
        pump.log.set(
                middle,
                new DegradedPump.Logged(event.position(), event.stamp().plusDays(days), event.truth(), event.change()));

        assertThat(hours(pump)).hasSize(3).first().isEqualTo(-4.0);
        assertThat(hours(pump)).last().isEqualTo(-4.0);
    }

    @Test
    void an_unknown_log_follows_the_zone() {
        ClockTimeline timeline = ClockTimeline.unknown(BERLIN);

        assertThat(timeline.at(new SequencePosition(1, 1), LocalDateTime.parse("2026-01-01T12:00:00")))
                .isEqualTo(new PumpTime(Instant.parse("2026-01-01T11:00:00Z"), TimeBasis.ZONE_RULE));
        assertThat(timeline.segmentAt(new SequencePosition(1, 1))).isEmpty();
    }

    @Test
    void daylight_saving_that_is_set_four_days_late_holds_from_then_on() {
        DegradedPump pump = newYork("2026-02-01T12:00:00Z")
                .until(Instant.parse("2026-03-12T20:27:00Z"))
                .set(NEW_YORK)
                .run(Duration.ofDays(30));

        assertThat(hours(pump)).containsExactly(-5.0, -4.0);
        assertThat(causes(pump)).containsExactly(ClockCause.LOG_START, ClockCause.DAYLIGHT_SAVING);
        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void the_hour_that_comes_twice_is_two_hours() {
        DegradedPump pump = newYork("2026-10-20T12:00:00Z").following().run(Duration.ofDays(20));

        assertThat(causes(pump)).containsExactly(ClockCause.LOG_START, ClockCause.AUTOMATIC);
        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void a_change_of_date_and_time_belongs_together_and_its_first_half_is_stamped_right() {
        DegradedPump pump = newYork("2026-06-01T20:00:00Z")
                .run(Duration.ofDays(20))
                .set(ZoneId.of("Asia/Tokyo"))
                .run(Duration.ofDays(3))
                .set(NEW_YORK)
                .run(Duration.ofDays(20));

        assertThat(hours(pump)).containsExactly(-4.0, 20.0, 9.0, -15.0, -4.0);
        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void a_correction_of_minutes_is_no_zone_and_leads_to_the_right_time() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z")
                .wrongBy(Duration.ofSeconds(-187))
                .run(Duration.ofDays(40))
                .set(NEW_YORK)
                .run(Duration.ofDays(2));

        assertThat(causes(pump)).containsExactly(ClockCause.LOG_START, ClockCause.CORRECTION);
        assertThat(hours(pump)).containsExactly(-4 - 187 / 3600.0, -4.0);
        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void corrections_that_grow_with_time_show_a_clock_that_drifts() {
        DegradedPump pump = newYork("2026-04-01T12:00:00Z").gaining(Duration.ofMillis(2_500));
        for (int i = 0; i < 5; i++) {
            pump.run(Duration.ofDays(30)).set(NEW_YORK);
        }
        pump.run(Duration.ofDays(10));

        assertThat(pump.timeline().segments().get(2).driftRate() * 86_400_000).isBetween(2_400.0, 2_650.0);
        assertThat(pump.score()).isGreaterThan(0.99);
    }

    @Test
    void a_pump_that_woke_up_in_2008_is_exact_once_it_was_set_and_so_is_what_came_before() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z")
                .run(Duration.ofDays(10))
                .batteryDead(Duration.ofHours(7))
                .run(Duration.ofHours(3))
                .set(NEW_YORK)
                .run(Duration.ofDays(10));

        assertThat(causes(pump).subList(0, 3))
                .containsExactly(ClockCause.LOG_START, ClockCause.CLOCK_LOST, ClockCause.SET_AFTER_LOSS);
        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void a_pump_in_2008_that_nobody_set_is_placed_behind_its_neighbor() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z").run(Duration.ofDays(10));
        Instant death = pump.now();
        pump.batteryDead(Duration.ofHours(2)).run(Duration.ofHours(3));

        ClockSegment lost = pump.timeline().segments().get(1);
        assertThat(lost.basis()).isEqualTo(TimeBasis.INTERPOLATED);
        assertThat(lost.utcStart()).isBetween(death.minusSeconds(600), death.plusSeconds(600));
    }

    @Test
    void a_log_that_knows_nothing_but_2008_has_no_utc_time() {
        DegradedPump pump =
                newYork("2026-06-01T12:00:00Z").batteryDead(Duration.ZERO).run(Duration.ofHours(3));

        DegradedPump.Logged event = pump.log.get(3);
        assertThat(pump.timeline().at(event.position(), event.stamp()))
                .isEqualTo(new PumpTime(null, TimeBasis.UNKNOWN));
    }

    @Test
    void each_sequence_group_has_its_own_newest_stretch() {
        DegradedPump pump = newYork("2026-01-10T12:00:00Z")
                .run(Duration.ofDays(30))
                .silent(Duration.ofDays(60))
                .restart()
                .set(NEW_YORK)
                .run(Duration.ofDays(30));

        assertThat(pump.score()).isEqualTo(1);
    }

    @Test
    void a_clock_that_could_have_been_read_otherwise_says_so() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z")
                .run(Duration.ofDays(12))
                .set(ZoneId.of("America/Chicago"))
                .run(Duration.ofDays(6));

        assertThat(pump.timeline().segments()).allSatisfy(segment -> assertThat(segment.alternativeOffsetMillis())
                .isNotNull());
    }

    @Test
    void a_late_reading_from_before_a_change_is_of_the_clock_before_it() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z").run(Duration.ofDays(20));
        Instant change = pump.now();
        pump.set(ZoneId.of("America/Los_Angeles"))
                .run(Duration.ofDays(2))
                .set(NEW_YORK)
                .run(Duration.ofDays(20));
        ClockTimeline timeline = pump.timeline();
        DegradedPump.Logged first = pump.log.stream()
                .filter(event -> !event.change() && event.truth().isAfter(change))
                .findFirst()
                .orElseThrow();
        Instant taken = change.minus(Duration.ofMinutes(40));
        LocalDateTime shown = LocalDateTime.ofInstant(taken, NEW_YORK);

        assertThat(timeline.readingAt(new SensorStamp(first.position(), first.stamp(), shown, true))
                        .utc())
                .isEqualTo(taken);
        assertThat(timeline.readingAt(new SensorStamp(
                                first.position(), first.stamp(), first.stamp().minusSeconds(8), false))
                        .utc())
                .isEqualTo(first.truth().minusSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_late_reading_whose_stamp_came_twice_is_of_the_second_pass_in_which_it_was_logged(boolean stampedBefore) {
        DegradedPump pump = new DegradedPump(BERLIN, Instant.parse("2026-06-01T08:00:00Z"), 1)
                .wrongBy(Duration.ofHours(3))
                .run(Duration.ofHours(5));
        if (stampedBefore) {
            pump.stampingBefore();
        }
        pump.until(Instant.parse("2026-06-02T13:05:00Z")).set(BERLIN).run(Duration.ofHours(3));
        LocalDateTime stamp = LocalDateTime.parse("2026-06-02T15:15:38");
        LocalDateTime logged = LocalDateTime.parse("2026-06-02T15:50:39");
        DegradedPump.Logged firstPass = pump.log.stream()
                .filter(event -> event.truth().isAfter(Instant.parse("2026-06-02T10:15:38Z")))
                .findFirst()
                .orElseThrow();
        DegradedPump.Logged secondPass = pump.log.stream()
                .filter(event -> event.truth().isAfter(Instant.parse("2026-06-02T13:46:00Z")))
                .findFirst()
                .orElseThrow();
        ClockTimeline timeline = pump.timeline();

        assertThat(timeline.readingAt(new SensorStamp(firstPass.position(), firstPass.stamp(), stamp, false))
                        .utc())
                .as(pump::describe)
                .isEqualTo(Instant.parse("2026-06-02T10:15:38Z"));
        assertThat(timeline.readingAt(new SensorStamp(secondPass.position(), logged, stamp, true))
                        .utc())
                .as(pump::describe)
                .isEqualTo(Instant.parse("2026-06-02T13:15:38Z"));
    }

    @Test
    void a_stamp_that_came_twice_is_of_the_second_pass_also_where_the_log_has_no_event_of_its_beginning() {
        ClockTimeline timeline = new ClockTimeline(
                NEW_YORK,
                List.of(
                        segment(1, "2026-06-20T08:00:00", "2026-06-20T18:05:00", -4),
                        segment(900, "2026-06-20T15:45:00", "2026-06-20T23:00:00", -7)));

        assertThat(timeline.readingAt(late(905, "2026-06-20T15:50:39", "2026-06-20T15:15:38"))
                        .utc())
                .isEqualTo(Instant.parse("2026-06-20T22:15:38Z"));
        assertThat(timeline.readingAt(late(905, "2026-06-20T15:50:39", "2026-06-20T14:50:38"))
                        .utc())
                .isEqualTo(Instant.parse("2026-06-20T18:50:38Z"));
    }

    private static ClockSegment segment(long firstNumber, String from, String to, int hours) {
        return new ClockSegment(
                new SequencePosition(1, firstNumber),
                LocalDateTime.parse(from),
                LocalDateTime.parse(to),
                new ClockSegment.Offset(hours * 3_600_000L, 0),
                TimeBasis.TIMELINE,
                new ClockSegment.Change(ClockCause.TIME_ZONE, null),
                null);
    }

    private static SensorStamp late(long number, String loggedAt, String takenAt) {
        return new SensorStamp(
                new SequencePosition(1, number), LocalDateTime.parse(loggedAt), LocalDateTime.parse(takenAt), true);
    }

    @Test
    void a_late_reading_whose_stamp_is_ahead_of_its_logging_is_of_the_pass_before() {
        DegradedPump pump = new DegradedPump(BERLIN, Instant.parse("2026-06-01T08:00:00Z"), 1)
                .wrongBy(Duration.ofHours(3))
                .until(Instant.parse("2026-06-02T13:05:00Z"))
                .set(BERLIN)
                .run(Duration.ofHours(3));
        DegradedPump.Logged secondPass = pump.log.stream()
                .filter(event -> event.truth().isAfter(Instant.parse("2026-06-02T13:10:00Z")))
                .findFirst()
                .orElseThrow();

        assertThat(pump.timeline()
                        .readingAt(new SensorStamp(
                                secondPass.position(),
                                secondPass.stamp(),
                                LocalDateTime.parse("2026-06-02T17:40:00"),
                                true))
                        .utc())
                .isEqualTo(Instant.parse("2026-06-02T12:40:00Z"));
    }

    @Test
    void a_reading_from_a_clock_that_nobody_knows_takes_the_time_at_which_it_was_logged() {
        DegradedPump pump = newYork("2026-06-01T12:00:00Z").run(Duration.ofDays(5));
        DegradedPump.Logged event = pump.log.get(9);

        PumpTime found = pump.timeline()
                .readingAt(new SensorStamp(
                        event.position(), event.stamp(), event.stamp().plusYears(80), false));

        assertThat(found).isEqualTo(new PumpTime(event.truth(), TimeBasis.INTERPOLATED));
    }
}
