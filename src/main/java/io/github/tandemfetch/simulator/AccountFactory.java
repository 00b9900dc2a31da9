package io.github.tandemfetch.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Creates the account and its pumps from the options. */
final class AccountFactory {
    private static final SimulatedPump.Model MOBI =
            new SimulatedPump.Model("1004000", "Tandem Mobi", "7.8.0.2", "1016587", "Control-IQ+");
    private static final SimulatedPump.Model SLIM =
            new SimulatedPump.Model("1002717", "t:slim X2", "7.7.0.1", "1012865", "Control-IQ");

    private AccountFactory() {}

    static Account of(SimulatorOptions options) {
        LocalDate first = options.lastDay().minusDays(options.days() - 1L);
        List<SimulatedPump> pumps = new ArrayList<>();
        if (options.pumpsWithHistory() >= 2) {
            LocalDate before = first.minusDays(options.days());
            pumps.add(pump(options, 2, SLIM, true, before, PumpProfile.Sensor.G6));
        }
        if (options.pumpsWithHistory() >= 1) {
            pumps.add(pump(options, 1, MOBI, false, first, PumpProfile.Sensor.G7));
        }
        if (options.pumpsWithHistory() >= 3) {
            pumps.add(pump(options, 3, SLIM, false, first, PumpProfile.Sensor.G6));
        }
        pumps.add(new SimulatedPump(MOBI, serial(options, 9), uuid(options, "pump", 9), false, null));
        return new Account(
                ofPerson(options, "pumper"),
                ofPerson(options, "account"),
                "Sam",
                "Sample",
                options.region().equals("EU") ? "DE" : "US",
                List.copyOf(pumps));
    }

    private static SimulatedPump pump(
            SimulatorOptions options,
            int number,
            SimulatedPump.Model model,
            boolean retired,
            LocalDate first,
            PumpProfile.Sensor sensor) {
        PumpProfile profile = new PumpProfile(
                new SeededRandom(options.seed(), number).next(),
                first,
                options.days(),
                options.zone(),
                sensor,
                options.plainClock());
        String assignment = uuid(options, "pump", number);
        return new SimulatedPump(
                model, serial(options, number), assignment, retired, new PumpHistory(assignment, profile));
    }

    private static String serial(SimulatorOptions options, int number) {
        return String.valueOf(new SeededRandom(options.seed(), number, 77).between(100_000, 999_999) * 10 + number);
    }

    /** Independent of the pumps. */
    private static String ofPerson(SimulatorOptions options, String purpose) {
        return UUID.nameUUIDFromBytes((purpose + ' ' + options.email()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String uuid(SimulatorOptions options, String purpose, int number) {
        SeededRandom random = new SeededRandom(options.seed(), purpose.hashCode(), number);
        // Version 4, variant 1.
        long high = random.next() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = random.next() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
