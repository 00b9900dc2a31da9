package io.github.tandemfetch.simulator;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The parameters of one pump's history.
 *
 * @param seed the pump's own seed
 * @param firstDay in the person's zone
 * @param plannedDays the days of the history at the start; the plan derives from this number, so that later uploads do
 *     not change earlier events
 * @param zone the person's IANA time zone
 * @param plainClock whether the pump's clock follows the zone's rules to the second
 */
record PumpProfile(long seed, LocalDate firstDay, int plannedDays, ZoneId zone, Sensor sensor, boolean plainClock) {

    private static final int SHORTEST_WITH_RESTART = 4;

    /** The kinds of sensor that are simulated. */
    enum Sensor {
        /** Dexcom G6: code 256, two hours of warm-up, Low and High have the value 0. */
        G6(256, 7200),
        /** Dexcom G7: code 399, half an hour of warm-up, Low and High have the raw number. */
        G7(399, 1800);

        private final int eventCode;
        private final int warmUpSeconds;

        Sensor(int eventCode, int warmUpSeconds) {
            this.eventCode = eventCode;
            this.warmUpSeconds = warmUpSeconds;
        }

        int eventCode() {
            return eventCode;
        }

        int warmUpSeconds() {
            return warmUpSeconds;
        }
    }

    /** The true second at which a day of the history begins: midnight in the person's zone. */
    long dayStart(int day) {
        return firstDay.plusDays(day).atStartOfDay(zone).toEpochSecond();
    }

    /** The day at whose start the pump's log restarts and a new sequence group begins; -1 for never. */
    int restartDay() {
        return plannedDays < SHORTEST_WITH_RESTART ? -1 : (int) (plannedDays * 0.55);
    }

    int groupOf(int day) {
        return restartDay() >= 0 && day >= restartDay() ? 1 : 0;
    }

    /** The number of the first event of group 0; group 1 starts over at 1, so their numbers overlap. */
    int firstSequenceNumber() {
        return random(-1, "sequence").between(2, 400);
    }

    SeededRandom random(int day, String purpose) {
        return new SeededRandom(seed, day, purpose.hashCode());
    }
}
