package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedPumpTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();

    @Test
    void equal_options_give_equal_histories_and_another_seed_gives_others() {
        List<String> one = texts(current(OPTIONS.withDays(10)));
        assertThat(texts(current(OPTIONS.withDays(10)))).isEqualTo(one);
        assertThat(texts(current(OPTIONS.withDays(10).withSeed(2)))).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sequence_numbers_have_no_gap_in_a_group_and_overlap_between_groups(long seed) {
        SimulatedPump pump = current(OPTIONS.withSeed(seed).withDays(40));
        Map<Integer, Long> last = new HashMap<>();
        Map<Integer, Long> first = new HashMap<>();
        pump.events().forEach(event -> {
            first.putIfAbsent(event.sequenceGroup(), event.sequenceNumber());
            Long before = last.put(event.sequenceGroup(), event.sequenceNumber());
            if (before != null) {
                assertThat(event.sequenceNumber()).as("seed %d", seed).isEqualTo(before + 1);
            }
        });
        assertThat(last.keySet()).containsExactly(0, 1);
        assertThat(first.get(0)).isLessThan(last.get(1));
        assertThat(first.get(1)).isLessThan(last.get(0));
        assertThat(pump.events().count()).isEqualTo(pump.eventCount());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_window_is_the_slice_of_the_whole_history(long seed) {
        SimulatedPump pump = current(OPTIONS.withSeed(seed).withDays(35));
        List<SimulatedEvent> all = pump.events().toList();
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            LocalDate from = LocalDate.of(2026, 10, 8).plusDays(random.nextInt(42));
            LocalDate to = from.plusDays(random.nextInt(10));
            assertThat(pump.events(from, to).toList())
                    .as("seed %d, %s to %s", seed, from, to)
                    .isEqualTo(all.stream()
                            .filter(event -> !event.pumpDateTime().toLocalDate().isBefore(from)
                                    && !event.pumpDateTime().toLocalDate().isAfter(to))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 30})
    void a_later_upload_leaves_every_earlier_event_as_it_was(int days) {
        SimulatedPump pump = current(OPTIONS.withDays(days));
        List<String> before = texts(pump);
        pump.advanceDays(5);
        List<String> after = texts(pump);
        assertThat(after).hasSizeGreaterThan(before.size() + 2500);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
    }

    @Test
    void true_time_never_runs_backwards_in_sequence_order() {
        Instant[] last = {Instant.MIN};
        current(OPTIONS.withDays(60)).events().forEach(event -> {
            assertThat(event.trueUtc()).isAfterOrEqualTo(last[0]);
            last[0] = event.trueUtc();
        });
    }

    @Test
    void a_plain_clock_shows_the_zones_time_and_has_no_changes() {
        SimulatorOptions plain = OPTIONS.withDays(40).withPlainClock(true);
        SimulatedPump pump = current(plain);
        assertThat(pump.clockChanges()).isEmpty();
        pump.events().forEach(event -> assertThat(event.pumpDateTime())
                .isEqualTo(event.trueUtc().atZone(plain.zone()).toLocalDateTime()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_readings_stamp_lies_as_far_before_its_events_stamp_as_it_was_taken_before_it_was_logged(long seed) {
        current(OPTIONS.withSeed(seed))
                .events()
                .filter(event -> event.readingUtc().isPresent())
                .forEach(event -> {
                    LocalDateTime reading = LocalDateTime.ofEpochSecond(
                            1_199_145_600L
                                    + event.properties().get("egvTimeStamp").longValue(),
                            0,
                            ZoneOffset.UTC);
                    long shown = Duration.between(reading, event.pumpDateTime()).toSeconds();
                    long real = Duration.between(event.readingUtc().get(), event.trueUtc())
                            .toSeconds();
                    assertThat(shown).as("seed %d, %s", seed, event.json()).isEqualTo(real);
                });
    }

    @Test
    void a_month_holds_every_feature_that_a_client_must_master() {
        SimulatedPump g7 = current(OPTIONS);
        SimulatedPump g6 = AccountFactory.of(OPTIONS).pumps().get(0);
        assertThat(codes(g7))
                .contains(3, 4, 5, 11, 12, 13, 14, 16, 20, 21, 26, 28, 33, 36, 37, 48, 55, 59, 60, 61, 63, 64, 65, 66)
                .contains(81, 90, 99, 191, 229, 230, 279, 280, 307, 313, 369, 370, 371, 394, 399, 447, 520, 601, 602);
        assertThat(codes(g6)).contains(171, 172, 212, 213, 214, 256).doesNotContain(399, 369);
        assertThat(values(g7, 399, "glucoseValueStatus")).contains(0, 1, 2, 6);
        assertThat(values(g6, 256, "glucoseValueStatus")).contains(0, 1, 2);
        assertThat(values(g6, 256, "currentGlucoseDisplayValue")).contains(0).doesNotContain(39, 401);
        assertThat(values(g7, 399, "currentGlucoseDisplayValue"))
                .doesNotContain(0)
                .anyMatch(value -> value < 40)
                .anyMatch(value -> value > 400);
        assertThat(values(current(OPTIONS.withDays(365)), 279, "commandedRateSource"))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(values(g7, 279, "tempRate")).contains(65_535);
        assertThat(values(g7, 280, "bolusSource")).contains(7);
        assertThat(g7.events().filter(event -> event.eventCode() == 90))
                .anyMatch(event -> event.properties().get("featuresBitmask").isArray())
                .anyMatch(event -> event.properties().get("featuresBitmask").isInt());
        assertThat(g7.events())
                .anyMatch(event -> event.eventCode() == 399 && event.json().contains("\"cgmDataType\":[1]"))
                .anyMatch(event -> event.pumpDateTime().getYear() == 2008)
                .anyMatch(event -> event.json().contains(":null"));
        Map<Integer, Long> readings = g7.events()
                .filter(event -> event.eventCode() == 399)
                .filter(event -> event.properties().has("egvTimeStamp"))
                .collect(Collectors.groupingBy(
                        event -> event.properties().get("egvTimeStamp").intValue(), Collectors.counting()));
        assertThat(readings.values()).contains(1L, 2L);
    }

    @Test
    void about_as_many_events_come_as_are_asked_for() {
        SimulatorOptions many = OPTIONS.withPumpsWithHistory(1).withEventsAbout(100_000);
        assertThat(current(many).eventCount()).isBetween(98_000L, 106_000L);
    }

    private static SimulatedPump current(SimulatorOptions options) {
        return AccountFactory.of(options.withPumpsWithHistory(Math.max(1, options.pumpsWithHistory()))).pumps().stream()
                .filter(pump -> !pump.isRetired())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(SimulatedPump pump) {
        return pump.events().map(SimulatedEvent::json).toList();
    }

    private static Set<Integer> codes(SimulatedPump pump) {
        return pump.events().map(SimulatedEvent::eventCode).collect(Collectors.toSet());
    }

    private static Set<Integer> values(SimulatedPump pump, int code, String property) {
        return pump.events()
                .filter(event -> event.eventCode() == code)
                .map(event -> event.properties().path(property))
                .filter(value -> value.isInt())
                .map(value -> value.intValue())
                .collect(Collectors.toSet());
    }
}
