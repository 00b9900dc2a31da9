package io.github.tandemfetch.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories with a known truth, degraded as pumps and people do, must come back to the second. Sixty seeds by default;
 * {@code -Dtandem.seeds=1000} for as many as one has time for.
 */
class ClockTimelinePropertyTest {
    private static final int SEEDS = 60;
    private static final List<String> HOMES = List.of(
            "America/New_York",
            "Europe/Berlin",
            "Australia/Sydney",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "America/St_Johns",
            "America/Los_Angeles",
            "Pacific/Auckland",
            "Europe/London",
            "America/Phoenix",
            "Pacific/Chatham");
    private static final List<String> AWAY = List.of(
            "Asia/Tokyo",
            "Pacific/Honolulu",
            "Pacific/Auckland",
            "Pacific/Kiritimati",
            "America/Los_Angeles",
            "Asia/Kathmandu",
            "Australia/Adelaide",
            "America/St_Johns",
            "Europe/London",
            "Asia/Kolkata",
            "Australia/Eucla",
            "America/Sao_Paulo");

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("tandem.seeds", SEEDS));
    }

    private static DegradedPump pump(long seed) {
        Random random = new Random(seed * 7919);
        ZoneId home = ZoneId.of(HOMES.get(random.nextInt(HOMES.size())));
        Instant start = Instant.parse("2025-01-10T12:00:00Z").plusSeconds(random.nextInt(500 * 86_400));
        return new DegradedPump(home, start, seed);
    }

    private static Duration hours(Random random, double from, double to) {
        return Duration.ofSeconds((long) (3600 * (from + random.nextDouble() * (to - from))));
    }

    private static Duration days(Random random, double from, double to) {
        return hours(random, from * 24, to * 24);
    }

    private static void check(DegradedPump pump, long seed) {
        check(pump, seed, 0.999);
    }

    private static void check(DegradedPump pump, long seed, double least) {
        double score = pump.score();
        assertThat(score)
                .as("seed %d, %s, ends %s%s", seed, pump.home, pump.now(), score < least ? pump.describe() : "")
                .isGreaterThanOrEqualTo(least);
    }

    /** What happens at some moment. */
    private record Deed(Instant at, Runnable act) {}

    private static void live(DegradedPump pump, List<Deed> deeds, Instant end) {
        deeds.sort(java.util.Comparator.comparing(Deed::at));
        for (Deed deed : deeds) {
            if (deed.at().isBefore(end)) {
                if (deed.at().isAfter(pump.now())) {
                    pump.until(deed.at());
                }
                deed.act().run();
            }
        }
        pump.until(end);
    }

    /** Daylight saving done by hand some time after (or, where negative, before) the rule asks for it. */
    private static List<Deed> daylightSaving(DegradedPump pump, Instant end, double fromHours, double toHours) {
        List<Deed> deeds = new ArrayList<>();
        ZoneOffsetTransition next = pump.home.getRules().nextTransition(pump.now());
        while (next != null && next.getInstant().isBefore(end)) {
            ZoneOffsetTransition transition = next;
            Instant at = transition.getInstant().plus(hours(pump.random(), fromHours, toHours));
            deeds.add(new Deed(
                    at,
                    () -> pump.move(Duration.ofSeconds(transition.getDuration().getSeconds()))));
            next = pump.home.getRules().nextTransition(transition.getInstant());
        }
        return deeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void daylight_saving_done_late_or_early(long seed) {
        DegradedPump pump = pump(seed);
        Instant end = pump.now().plus(days(pump.random(), 200, 500));
        double[][] habits = {{0, 0.2}, {1, 20}, {24, 24 * 7}, {24 * 7, 24 * 40}, {-10, -0.1}, {-8, 24 * 3}};
        double[] habit = habits[(int) (seed % habits.length)];
        live(pump, daylightSaving(pump, end, habit[0], habit[1]), end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void daylight_saving_never_done(long seed) {
        DegradedPump pump = pump(seed);
        pump.run(days(pump.random(), 30, 400));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void daylight_saving_not_done_yet_when_the_log_ends(long seed) {
        DegradedPump pump = pump(seed);
        Instant start = pump.now();
        Instant end = start.plus(days(pump.random(), 200, 500));
        List<Deed> deeds = daylightSaving(pump, end, 2, 24 * 5);
        if (!deeds.isEmpty()) {
            end = deeds.remove(deeds.size() - 1).at();
        }
        live(pump, deeds, end.isAfter(start) ? end : start.plus(Duration.ofDays(1)));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void journeys_across_zones_and_the_date_line(long seed) {
        DegradedPump pump = pump(seed);
        Instant end = pump.now().plus(days(pump.random(), 120, 400));
        List<Deed> deeds = new ArrayList<>();
        Instant at = pump.now().plus(days(pump.random(), 3, 30));
        while (at.plus(Duration.ofDays(25)).isBefore(end)) {
            int legs = 1 + pump.random().nextInt(3);
            for (int i = 0; i < legs; i++) {
                ZoneId there = ZoneId.of(AWAY.get(pump.random().nextInt(AWAY.size())));
                deeds.add(new Deed(at, () -> pump.set(there)));
                at = at.plus(days(pump.random(), 1, 5));
            }
            deeds.add(new Deed(at, () -> pump.set(pump.home)));
            at = at.plus(days(pump.random(), 15, 60));
        }
        live(pump, deeds, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_journey_that_has_not_ended_when_the_log_does(long seed) {
        DegradedPump pump = pump(seed);
        pump.run(days(pump.random(), 40, 100));
        pump.set(pump.home);
        pump.run(days(pump.random(), 20, 40));
        ZoneId there = ZoneId.of(AWAY.get(pump.random().nextInt(AWAY.size())));
        pump.set(there).run(days(pump.random(), 0.01, 10));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void somebody_who_has_moved_to_another_zone(long seed) {
        DegradedPump pump = pump(seed);
        ZoneId there = ZoneId.of(AWAY.get(pump.random().nextInt(AWAY.size())));
        pump.set(there).losing((int)
                pump.log.stream().filter(DegradedPump.Logged::change).count());
        pump.run(days(pump.random(), 60, 200)).set(pump.home).run(days(pump.random(), 50, 100));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_clock_some_minutes_wrong_until_it_is_corrected(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        Instant end = pump.now().plus(days(random, 100, 400));
        pump.wrongBy(Duration.ofSeconds(random.nextInt(600) - 300));
        List<Deed> deeds = daylightSaving(pump, end, 1, 24 * 6);
        int errors = random.nextInt(3);
        for (int i = 0; i < errors; i++) {
            Instant at = pump.now().plus(days(random, 5, 80));
            deeds.add(new Deed(at, () -> pump.move(Duration.ofMillis(random.nextInt(400_000) - 200_000))));
        }
        Instant corrected = end.minus(days(random, 1, 10));
        deeds.removeIf(deed -> deed.at().isAfter(corrected));
        deeds.add(new Deed(corrected, () -> pump.set(pump.home)));
        live(pump, deeds, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_clock_that_gains_or_loses_a_little_every_day(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.set(pump.home).gaining(Duration.ofMillis((random.nextBoolean() ? 1 : -1) * (500 + random.nextInt(4000))));
        for (int i = 0; i < 6; i++) {
            pump.run(days(random, 30, 60)).set(pump.home);
        }
        pump.run(days(random, 10, 30));
        check(pump, seed, 0.97);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fumbled_settings_that_are_put_right_at_once(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        for (int i = 0; i < 5; i++) {
            pump.run(days(random, 10, 40));
            for (int j = random.nextInt(3); j >= 0; j--) {
                Duration[] slips = {
                    Duration.ofHours(12),
                    Duration.ofHours(-12),
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    Duration.ofDays(-30),
                    Duration.ofDays(365),
                    Duration.ofMinutes(-7),
                    Duration.ofHours(-23)
                };
                pump.move(slips[random.nextInt(slips.length)]).run(Duration.ofSeconds(random.nextInt(400)));
            }
            pump.set(pump.home);
        }
        pump.run(days(random, 5, 40));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_wrong_date_for_hours_or_weeks(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        long[] wrong = {1, -1, 2, 30, -31, 365, -366, 3650};
        pump.run(days(random, 20, 60));
        pump.move(Duration.ofDays(wrong[random.nextInt(wrong.length)])).run(days(random, 0.1, 20));
        pump.set(pump.home).run(days(random, 30, 60));
        if (seed % 3 == 0) {
            pump.move(Duration.ofDays(wrong[random.nextInt(wrong.length)])).run(hours(random, 0.1, 6));
        }
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_dead_battery_and_a_clock_that_is_set_hours_later(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            pump.run(days(random, 20, 60)).batteryDead(hours(random, 0.1, 40)).run(hours(random, 0.01, 9));
            if (random.nextBoolean()) {
                // The date first, the time of day minutes later.
                long days = Math.floorDiv(pump.now().toEpochMilli(), 86_400_000L)
                        - Math.floorDiv(pump.now().toEpochMilli() + pump.offsetNow(), 86_400_000L);
                pump.move(Duration.ofDays(days)).run(Duration.ofSeconds(random.nextInt(900)));
            }
            pump.set(pump.home);
        }
        pump.run(days(random, 20, 60));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_lost_clock_that_is_never_set_spoils_nothing_else(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 20, 90)).set(pump.home).run(days(random, 20, 60));
        int before = pump.log.size();
        pump.batteryDead(hours(random, 1, 5)).run(hours(random, 1, 9));
        check(pump, seed, (double) before / pump.log.size());
        ClockTimeline timeline = pump.timeline();
        DegradedPump.Logged last = pump.log.get(pump.log.size() - 1);
        PumpTime found = timeline.at(last.position(), last.stamp());
        assertThat(found.basis()).isEqualTo(TimeBasis.INTERPOLATED);
        assertThat(Duration.between(found.utc(), last.truth()).abs()).isLessThan(Duration.ofHours(6));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_log_that_starts_over(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        Instant end = pump.now().plus(days(random, 150, 400));
        List<Deed> deeds = daylightSaving(pump, end, 1, 24 * 6);
        for (int i = 0; i < 2; i++) {
            deeds.add(new Deed(pump.now().plus(days(random, 10, 150)), pump::restart));
        }
        live(pump, deeds, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_clock_that_follows_the_rule_by_itself(long seed) {
        DegradedPump pump = pump(seed).following();
        pump.run(days(pump.random(), 100, 400));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_autumn_change_that_no_event_tells_of(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        Instant end = pump.now().plus(days(random, 250, 400));
        List<Deed> deeds = daylightSaving(pump, end.minus(Duration.ofDays(30)), 1, 24 * 6);
        List<Deed> withLoss = new ArrayList<>();
        deeds.forEach(deed -> withLoss.add(new Deed(deed.at(), () -> {
            long before = pump.offsetNow();
            deed.act().run();
            if (pump.offsetNow() < before) {
                pump.losing((int) pump.log.stream()
                        .filter(event -> event.truth().equals(pump.now()))
                        .count());
            }
        })));
        live(pump, withLoss, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_journey_whose_change_of_date_is_lost(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 30, 90));
        pump.set(ZoneId.of("Asia/Tokyo")).losingDate();
        pump.run(days(random, 3, 9)).set(pump.home).losingDate().run(days(random, 30, 40));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_battery_that_dies_again_before_the_clock_is_set(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 20, 60)).batteryDead(hours(random, 0.5, 9));
        int first = pump.log.size();
        pump.run(hours(random, 1, 5));
        int lost = pump.log.size() - first;
        pump.batteryDead(hours(random, 0.5, 9))
                .run(hours(random, 1, 5))
                .set(pump.home)
                .run(days(random, 20, 60));
        check(pump, seed, 1 - (lost + 1.0) / pump.log.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_new_pump_whose_log_begins_in_2008(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.batteryDead(Duration.ZERO)
                .run(hours(random, 0.1, 3))
                .set(pump.home)
                .run(days(random, 3, 60));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changes_whose_events_do_not_say_by_how_much(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        Instant end = pump.now().plus(days(random, 250, 400));
        List<Deed> deeds = daylightSaving(pump, end.minus(Duration.ofDays(30)), 1, 24 * 6);
        List<Deed> bare = new ArrayList<>();
        deeds.forEach(deed -> bare.add(new Deed(deed.at(), () -> {
            deed.act().run();
            pump.withoutDetails();
        })));
        live(pump, bare, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_log_with_few_events(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.every(hours(random, 0.8, 3));
        Instant end = pump.now().plus(days(random, 250, 400));
        List<Deed> deeds = new ArrayList<>();
        daylightSaving(pump, end, 1, 24 * 9).forEach(deed -> deeds.add(new Deed(deed.at(), () -> pump.set(pump.home))));
        Instant trip = pump.now().plus(days(random, 50, 100));
        deeds.add(new Deed(trip, () -> pump.set(ZoneId.of(AWAY.get(random.nextInt(AWAY.size()))))));
        deeds.add(new Deed(trip.plus(days(random, 1, 9)), () -> pump.set(pump.home)));
        live(pump, deeds, end);
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_short_log_with_a_journey(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 4, 12))
                .set(ZoneId.of(AWAY.get(random.nextInt(AWAY.size()))))
                .run(days(random, 1, 7));
        pump.set(pump.home).run(days(random, 1, 9));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changes_that_are_stamped_by_the_clock_before(long seed) {
        DegradedPump pump = pump(seed).stampingBefore();
        Random random = pump.random();
        pump.run(days(random, 20, 40))
                .set(ZoneId.of(AWAY.get(random.nextInt(AWAY.size()))))
                .run(days(random, 1, 9));
        pump.set(pump.home)
                .run(days(random, 20, 40))
                .move(Duration.ofSeconds(150))
                .run(days(random, 1, 9));
        pump.set(pump.home)
                .run(days(random, 10, 20))
                .batteryDead(hours(random, 1, 9))
                .run(hours(random, 1, 5));
        pump.set(pump.home).run(days(random, 10, 20));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_lost_clock_whose_time_is_set_before_its_date(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 20, 40)).batteryDead(hours(random, 1, 30)).run(hours(random, 1, 5));
        long shown = Math.floorMod(pump.now().toEpochMilli() + pump.offsetNow(), 86_400_000L);
        long legal = Math.floorMod(
                pump.now().toEpochMilli()
                        + pump.home.getRules().getOffset(pump.now()).getTotalSeconds() * 1000L,
                86_400_000L);
        pump.move(Duration.ofMillis(legal - shown)).run(Duration.ofMinutes(random.nextInt(90)));
        pump.set(pump.home).run(days(random, 20, 40));
        check(pump, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_lost_clock_that_gets_its_time_back_unannounced_is_placed_within_minutes(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        pump.run(days(random, 20, 40)).batteryDead(hours(random, 1, 30));
        int first = pump.log.size();
        pump.run(hours(random, 1, 5));
        int last = pump.log.size();
        pump.set(pump.home).losing(2).run(days(random, 20, 40));
        ClockTimeline timeline = pump.timeline();
        for (DegradedPump.Logged event : pump.log.subList(first, last)) {
            PumpTime found = timeline.at(event.position(), event.stamp());
            assertThat(found.basis()).isEqualTo(TimeBasis.INTERPOLATED);
            assertThat(Duration.between(found.utc(), event.truth()).abs())
                    .as("seed %d", seed)
                    .isLessThan(Duration.ofMinutes(15));
        }
        check(pump, seed, 1 - (last - first + 0.0) / pump.log.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_year_in_which_everything_happens(long seed) {
        DegradedPump pump = pump(seed);
        Random random = pump.random();
        Instant start = pump.now();
        Instant end = start.plus(days(random, 250, 420));
        List<Runnable> years = new ArrayList<>();
        years.add(() -> {
            ZoneId there = ZoneId.of(AWAY.get(random.nextInt(AWAY.size())));
            pump.set(there).run(days(random, 2, 9)).set(pump.home);
        });
        years.add(() -> pump.set(pump.home, Duration.ofSeconds(random.nextInt(800) - 400))
                .run(days(random, 2, 12))
                .set(pump.home));
        years.add(() -> pump.batteryDead(hours(random, 0.3, 30))
                .run(hours(random, 0.1, 9))
                .set(pump.home));
        years.add(() -> pump.move(Duration.ofDays(random.nextBoolean() ? 1 : -1))
                .run(hours(random, 1, 9))
                .set(pump.home));
        years.add(
                () -> pump.move(Duration.ofHours(12)).run(Duration.ofMinutes(2)).set(pump.home));
        years.add(pump::restart);
        years.add(() -> {
            ZoneId there = ZoneId.of(AWAY.get(random.nextInt(AWAY.size())));
            pump.set(there)
                    .run(days(random, 2, 5))
                    .batteryDead(hours(random, 1, 9))
                    .run(hours(random, 1, 3));
            pump.set(there).run(days(random, 1, 4)).set(pump.home);
        });
        years.add(() -> pump.silent(days(random, 1, 20)));
        Collections.shuffle(years, random);
        List<Deed> deeds = daylightSaving(pump, end, 1, 24 * 6);
        List<Deed> late = new ArrayList<>();
        deeds.forEach(deed -> late.add(new Deed(deed.at(), () -> pump.set(pump.home))));
        Instant at = start;
        for (Runnable deed : years) {
            at = at.plus(days(random, 18, 30));
            late.add(new Deed(at, deed));
        }
        live(pump, late, end);
        check(pump, seed);
    }
}
