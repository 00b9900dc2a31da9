package io.github.tandemfetch.simulator;

import io.github.tandemfetch.clock.ClockChange;
import io.github.tandemfetch.clock.ClockChangeReader;
import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.DegradedPump;
import io.github.tandemfetch.clock.DegradedPump.Logged;
import io.github.tandemfetch.clock.SensorStamp;
import io.github.tandemfetch.clock.TimelineBuilder;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulator knows the truth of every event; what the pump's clock makes of it must lead back there. */
class SimulatedClockTest {
    private static final long PUMP_EPOCH = 1_199_145_600L;

    @ParameterizedTest
    @CsvSource({
        "1,America/New_York,365", "2,Europe/Berlin,365", "3,Australia/Sydney,500", "4,Asia/Kolkata,90",
        "5,America/St_Johns,200", "6,Australia/Lord_Howe,365", "7,Pacific/Auckland,730", "8,America/New_York,30",
        "9,Europe/London,45", "10,Asia/Kathmandu,120", "11,America/Los_Angeles,10", "12,Europe/Berlin,300"
    })
    void a_simulated_history_comes_back_to_the_second(long seed, String zone, int days) {
        SimulatorOptions options =
                SimulatorOptions.defaults().withSeed(seed).withDays(days).withZone(ZoneId.of(zone));
        for (SimulatedPump pump : AccountFactory.of(options).pumps()) {
            if (pump.eventCount() > 0) {
                assertThat(score(pump, options.zone()))
                        .as("seed %d, %s, %d days, pump %s", seed, zone, days, pump.serial())
                        .isGreaterThanOrEqualTo(0.999);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,America/New_York,365", "2,Australia/Lord_Howe,200", "3,Europe/Berlin,60"})
    void a_clock_without_oddities_comes_back_to_the_second(long seed, String zone, int days) {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withSeed(seed)
                .withDays(days)
                .withZone(ZoneId.of(zone))
                .withPlainClock(true);
        for (SimulatedPump pump : AccountFactory.of(options).pumps()) {
            if (pump.eventCount() > 0) {
                assertThat(score(pump, options.zone())).as("seed %d", seed).isEqualTo(1);
            }
        }
    }

    /** The share of events and readings that are found to the second. */
    private static double score(SimulatedPump pump, ZoneId zone) {
        List<Logged> log = new ArrayList<>();
        List<ClockChange> changes = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        ClockChangeReader reader = new ClockChangeReader();
        pump.events().forEach(event -> {
            SequencePosition position = new SequencePosition(event.sequenceGroup(), event.sequenceNumber());
            log.add(new Logged(position, event.pumpDateTime(), event.trueUtc(), event.isClockChange()));
            reader.read(position, event.eventCode(), event.pumpDateTime(), event.json())
                    .ifPresent(changes::add);
            event.readingUtc()
                    .ifPresent(taken -> readings.add(new Reading(
                            position,
                            event.pumpDateTime(),
                            stamp(event),
                            event.json().contains("\"cgmDataType\":[1]"),
                            taken)));
        });
        ClockTimeline timeline = new TimelineBuilder(zone).build(DegradedPump.evidence(log, changes));
        long right = log.stream()
                .filter(event ->
                        isClose(timeline.at(event.position(), event.stamp()).utc(), event.truth()))
                .count();
        long rightReadings = readings.stream()
                .filter(reading -> isClose(
                        timeline.readingAt(new SensorStamp(
                                        reading.position(),
                                        reading.loggedAt(),
                                        reading.takenAt(),
                                        reading.backfilled()))
                                .utc(),
                        reading.truth()))
                .count();
        return (double) (right + rightReadings) / (log.size() + readings.size());
    }

    private record Reading(
            SequencePosition position,
            LocalDateTime loggedAt,
            LocalDateTime takenAt,
            boolean backfilled,
            Instant truth) {}

    private static LocalDateTime stamp(SimulatedEvent event) {
        return LocalDateTime.ofEpochSecond(
                PUMP_EPOCH + event.properties().get("egvTimeStamp").asLong(), 0, ZoneOffset.UTC);
    }

    private static boolean isClose(Instant found, Instant truth) {
        return found != null && Duration.between(found, truth).abs().toMillis() <= 1000;
    }
}
