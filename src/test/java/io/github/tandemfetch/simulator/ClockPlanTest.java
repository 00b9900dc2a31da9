package io.github.tandemfetch.simulator;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClockPlanTest {
    private static final long DAY = 86_400_000L;

    @ParameterizedTest
    @CsvSource({"America/New_York,365", "Europe/Berlin,365", "Australia/Sydney,730", "Asia/Kolkata,90"})
    void walking_back_from_the_newest_offset_and_undoing_each_announced_change_gives_the_truth(String zone, int days) {
        for (long seed = 1; seed <= 20; seed++) {
            ClockPlan plan = plan(seed, zone, days);
            List<ClockPlan.Setting> settings = plan.settings();
            long offset = settings.get(settings.size() - 1).offsetAfter();
            for (int i = settings.size() - 1; i >= 0; i--) {
                ClockPlan.Setting setting = settings.get(i);
                assertThat(setting.offsetAfter())
                        .as("seed %d, change %d", seed, i)
                        .isEqualTo(offset);
                if (setting.eventCode() == 0) {
                    // The fall to 2008 is announced by nothing.
                    offset = setting.offsetBefore();
                } else if (setting.eventCode() == ClockPlan.TIME_CHANGED) {
                    long prior = Math.floorMod(setting.trueMillis() + setting.offsetBefore(), DAY);
                    long after = Math.floorMod(setting.trueMillis() + setting.offsetAfter(), DAY);
                    offset -= after - prior;
                } else {
                    long prior = Math.floorDiv(setting.trueMillis() + setting.offsetBefore(), DAY);
                    long after = Math.floorDiv(setting.trueMillis() + setting.offsetAfter(), DAY);
                    offset -= (after - prior) * DAY;
                }
                assertThat(offset).as("seed %d, change %d", seed, i).isEqualTo(setting.offsetBefore());
            }
        }
    }

    @Test
    void a_year_holds_every_oddity() {
        ClockPlan plan = plan(3, "America/New_York", 365);
        LocalDate last = LocalDate.of(2026, 11, 15);
        List<ClockPlan.Setting> year = plan.settings().stream()
                .filter(setting -> setting.trueMillis() < last.toEpochDay() * DAY)
                .toList();
        assertThat(plan.wakings()).hasSize(1);
        assertThat(year)
                .as("travel west, travel east")
                .anyMatch(setting -> changes(setting, -3 * 60))
                .anyMatch(setting -> setting.offsetAfter() - setting.offsetBefore() >= 8 * 3_600_000L)
                .as("daylight saving")
                .anyMatch(setting -> changes(setting, 60))
                .anyMatch(setting -> changes(setting, -60))
                .as("a clock some minutes wrong")
                .anyMatch(setting -> Math.abs(setting.offsetAfter() - setting.offsetBefore()) < 8 * 60_000L)
                .as("noon for midnight")
                .anyMatch(setting -> Math.floorMod(setting.offsetAfter() - setting.offsetBefore(), DAY) == DAY / 2)
                .as("quarters of an hour")
                .anyMatch(setting ->
                        Math.floorMod(setting.offsetAfter() - setting.offsetBefore(), 3_600_000L) == 2_700_000L)
                .as("a date alone")
                .anyMatch(setting -> setting.offsetAfter() - setting.offsetBefore() == DAY);
        assertThat(plan.wallSeconds(plan.wakings().get(0))).isEqualTo(ClockPlan.PUMP_EPOCH_SECONDS);
    }

    @Test
    void daylight_saving_is_done_late_by_hand_but_at_once_by_a_plain_clock() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        long rule =
                LocalDate.of(2026, 3, 29).atTime(2, 0).atZone(zone).toInstant().toEpochMilli();
        LocalDate first = LocalDate.of(2026, 3, 1);
        ClockPlan plain = ClockPlan.of(new PumpProfile(5, first, 60, zone, PumpProfile.Sensor.G7, true));
        assertThat(plain.offsetAt(rule - 1)).isEqualTo(3_600_000L);
        assertThat(plain.offsetAt(rule)).isEqualTo(7_200_000L);
        ClockPlan real = ClockPlan.of(new PumpProfile(5, first, 3, zone, PumpProfile.Sensor.G7, false));
        assertThat(real.offsetAt(rule + 12 * 3_600_000L)).isEqualTo(3_600_000L);
        assertThat(real.offsetAt(rule + 8 * DAY)).isEqualTo(7_200_000L);
    }

    private static boolean changes(ClockPlan.Setting setting, long minutes) {
        return setting.offsetAfter() - setting.offsetBefore() == minutes * 60_000L;
    }

    private static ClockPlan plan(long seed, String zone, int days) {
        LocalDate first = LocalDate.of(2026, 11, 15).minusDays(days - 1L);
        return ClockPlan.of(new PumpProfile(seed, first, days, ZoneId.of(zone), PumpProfile.Sensor.G7, false));
    }
}
