package io.github.tandemfetch.pump;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZoneRuleClockTest {
    private static final SequencePosition ANYWHERE = new SequencePosition(1, 1);

    private final ZoneRuleClock berlin = new ZoneRuleClock(ZoneId.of("Europe/Berlin"));

    @Test
    void an_ordinary_time_follows_the_zone() {
        assertThat(berlin.at(ANYWHERE, LocalDateTime.parse("2026-07-01T12:00:00")))
                .isEqualTo(new PumpTime(Instant.parse("2026-07-01T10:00:00Z"), TimeBasis.ZONE_RULE));
        assertThat(berlin.at(ANYWHERE, LocalDateTime.parse("2026-01-01T12:00:00")))
                .isEqualTo(new PumpTime(Instant.parse("2026-01-01T11:00:00Z"), TimeBasis.ZONE_RULE));
    }

    @Test
    void an_hour_that_came_twice_is_taken_as_the_first_and_marked() {
        assertThat(berlin.at(ANYWHERE, LocalDateTime.parse("2026-10-25T02:30:00")))
                .isEqualTo(new PumpTime(Instant.parse("2026-10-25T00:30:00Z"), TimeBasis.ZONE_RULE_AMBIGUOUS));
    }

    @Test
    void an_hour_that_was_skipped_is_taken_with_the_offset_before_and_marked() {
        assertThat(berlin.at(ANYWHERE, LocalDateTime.parse("2026-03-29T02:30:00")))
                .isEqualTo(new PumpTime(Instant.parse("2026-03-29T01:30:00Z"), TimeBasis.ZONE_RULE_SKIPPED));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_moment_shown_on_a_clock_of_the_zone_is_found_again_unless_it_is_marked(long seed) {
        Random random = new Random(seed);
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
        ZoneRuleClock clock = new ZoneRuleClock(zone);
        for (int i = 0; i < 100; i++) {
            Instant moment = Instant.ofEpochSecond(1_199_145_600L + random.nextInt(900_000_000));

            PumpTime found = clock.at(ANYWHERE, LocalDateTime.ofInstant(moment, zone));

            if (found.basis() == TimeBasis.ZONE_RULE) {
                assertThat(found.utc()).as("%s in %s", moment, zone).isEqualTo(moment);
            } else {
                assertThat(found.basis()).isEqualTo(TimeBasis.ZONE_RULE_AMBIGUOUS);
                assertThat(found.utc()).as("%s in %s", moment, zone).isBeforeOrEqualTo(moment);
            }
        }
    }
}
