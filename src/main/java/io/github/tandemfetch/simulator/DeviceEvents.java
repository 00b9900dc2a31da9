package io.github.tandemfetch.simulator;

/**
 * The other events of a pump: its midnight, cartridge and site changes, sleep and exercise, control modes, charging,
 * and events and properties missing from the catalog.
 */
final class DeviceEvents implements EventGenerator {
    private static final long DAY = 86_400_000L;
    private static final int SITE_DAYS = 3;
    private static final int HOUR = 3600;
    private static final int START_SLEEP = 1;
    private static final int STOP_SLEEP = 2;
    private static final int START_EXERCISE = 3;
    private static final int STOP_EXERCISE = 4;

    @Override
    public void write(DayPlan plan, EventLog log) {
        SeededRandom random = plan.profile().random(plan.day(), "device");
        pumpMidnights(plan, log, random);
        site(plan, log, random);
        sleepAndExercise(plan, log, random);
        controlModes(plan, log);
        charging(plan, log, random);
        unknown(plan, log, random);
    }

    /** A new day begins at midnight of the pump's own clock. */
    private static void pumpMidnights(DayPlan plan, EventLog log, SeededRandom random) {
        long from = plan.start() * 1000;
        long end = plan.end() * 1000;
        while (from < end) {
            long until = end;
            for (ClockPlan.Setting setting : log.clock().settings()) {
                if (setting.trueMillis() > from && setting.trueMillis() < until) {
                    until = setting.trueMillis();
                }
            }
            long offset = log.clock().offsetAt(from);
            long midnight = Math.floorDiv(from + offset + DAY - 1, DAY) * DAY - offset;
            for (; midnight < until; midnight += DAY) {
                // The clock may carry a fraction of a second; events happen on full seconds of true time.
                newDay(plan, log, random, Math.floorDiv(midnight + 999, 1000L) * 1000);
            }
            from = until;
        }
    }

    private static void newDay(DayPlan plan, EventLog log, SeededRandom random, long at) {
        int rate = BasalEvents.profileRate(plan.secondOfDay(at / 1000));
        log.begin(at, 90).thousandths("commandedBasalRate", rate);
        if (random.chance(0.6)) {
            log.bits("featuresBitmask", 1 | 1 << 2 | 1 << 5 | 1 << 10);
        } else {
            log.with("featuresBitmask", 1 | 1 << 2 | 1 << 5 | 1 << 10);
        }
        log.with("featureBitmaskIndex", 0).end();
        log.begin(at + 5000, 307)
                .with("armPartNumber", 1_016_587)
                .with("armSwVersion", 1_108_201_743)
                .with("blePartNumber", 1_016_587)
                .with("bleSwVersion", 1_108_201_743)
                .end();
        log.begin(at + 6000, 313)
                .with("pumpControlState", 3)
                .with("usermode", 1)
                .with("sensorType", plan.profile().sensor() == PumpProfile.Sensor.G7 ? 3 : 1)
                .with("spareA3", 0)
                .end();
        log.begin(at + 7000, 81)
                .float32("dailyTotalBasal", random.between(150_000, 290_000) / 10_007f)
                .thousandths("lastBasalRate", rate)
                .float32("iob", random.between(0, 40_000) / 7919f)
                .with("batteryChargePercentMSBRaw", 14)
                .with("batteryChargePercentLSBRaw", random.between(100, 255))
                .with("batteryLipoMilliVolts", random.between(3600, 4150))
                .end();
    }

    private static void site(DayPlan plan, EventLog log, SeededRandom random) {
        if ((plan.day() + plan.profile().seed()) % SITE_DAYS != 0) {
            return;
        }
        long at = plan.start() + random.between(8 * HOUR, 22 * HOUR);
        log.begin(at * 1000, 33)
                .with("insulinVolume", random.between(10, 28) * 10)
                .thousandths("v2Volume", 0)
                .end();
        log.begin((at + 200) * 1000, 63)
                .with("primeSize", random.chance(0.5) ? -1 : random.between(10, 25))
                .with("completionStatus", 3)
                .with("position", random.between(400_000, 600_000))
                .end();
        log.begin((at + 400) * 1000, 61)
                .thousandths("primeSize", random.between(3, 7) * 100)
                .with("completionStatus", 3)
                .with("infusionSetType", 0)
                .end();
    }

    private static void sleepAndExercise(DayPlan plan, EventLog log, SeededRandom random) {
        mode(log, plan.start() + 6 * HOUR + 1800, 0, 1, STOP_SLEEP, 0);
        mode(log, plan.start() + 22 * HOUR + 1800, 1, 0, START_SLEEP, 0);
        if (random.chance(0.3)) {
            long at = plan.start() + random.between(15 * HOUR, 17 * HOUR);
            int minutes = random.between(2, 6) * 15;
            mode(log, at, 2, 0, START_EXERCISE, minutes);
            mode(log, at + minutes * 60L, 0, 2, STOP_EXERCISE, minutes);
        }
    }

    private static void mode(EventLog log, long at, int current, int previous, int action, int minutes) {
        log.begin(at * 1000, 229)
                .with("currentUserMode", current)
                .with("previousUserMode", previous)
                .with("requestedAction", action)
                .with("spareA3", 0)
                .with("sleepStartedByGui", 0)
                .bits("activeSleepSchedule", minutes > 0 ? 0 : 1)
                .with("spareB6", 0)
                .with("exerciseStoppedByTimer", action == STOP_EXERCISE ? 1 : 0)
                .with("exerciseChoice", minutes > 0 ? 1 : 0)
                .with("exerciseTime", minutes)
                .with("eatingSoonStoppedByTimer", 0)
                .end();
    }

    private static void controlModes(DayPlan plan, EventLog log) {
        for (DayPlan.Gap gap : plan.gaps()) {
            control(log, gap.span().from() + 600, 1, 3, 0);
            control(log, gap.span().until() + 30, 3, 1, 1);
        }
        if (plan.sensorChange() > 0) {
            control(log, plan.sensorChange(), 1, 3, 0);
            control(log, plan.sensorChange() + plan.profile().sensor().warmUpSeconds() + 30, 3, 1, 1);
        }
    }

    private static void control(EventLog log, long at, int current, int previous, int glucose) {
        log.begin(at * 1000, 230)
                .with("currentPcm", current)
                .with("previousPcm", previous)
                .with("pumpSuspended", 0)
                .with("calculationAvailable", 1)
                .with("cgmAvailable", glucose)
                .with("closedLoopPreferred", 1)
                .with("sufficientClosedLoopParams", 1)
                .end();
    }

    private static void charging(DayPlan plan, EventLog log, SeededRandom random) {
        if (plan.day() % 2 == 0) {
            long at = plan.start() + random.between(7 * HOUR, 20 * HOUR);
            log.begin(at * 1000, 36).with("negotiatedCurrent", 500).end();
            log.begin((at + random.between(900, 2700)) * 1000, 37)
                    .with("negotiatedCurrent", 0)
                    .end();
        }
    }

    /** Codes and properties missing from the catalog, of every JSON type. */
    private static void unknown(DayPlan plan, EventLog log, SeededRandom random) {
        for (int i = random.between(2, 8); i > 0; i--) {
            log.begin((plan.start() + random.between(0, 80_000)) * 1000, 520)
                    .with("fieldA", random.between(-100, 100))
                    .float32("fieldB", (float) random.fraction())
                    .bits("fieldC", random.between(0, 255))
                    .end();
        }
        if (random.chance(0.3)) {
            log.begin((plan.start() + random.between(0, 80_000)) * 1000, 601)
                    .text("label", "not in any catalog")
                    .nothing("nothing")
                    .with("large", 4_294_967_295L)
                    .end();
        }
        if (random.chance(0.1)) {
            log.begin((plan.start() + random.between(0, 80_000)) * 1000, 602).end();
        }
    }
}
