package io.github.tandemfetch.simulator;

/** Alarms, alerts and sensor alerts, each with its activation and clearing. */
final class AlertEvents implements EventGenerator {
    private static final int CGM_LOW = 2;
    private static final int CGM_HIGH = 3;
    private static final int CGM_OUT_OF_RANGE = 14;
    private static final int LOW_INSULIN = 0;
    private static final int LOW_POWER = 2;
    private static final int OCCLUSION = 2;
    private static final int RESUME_PUMP = 18;

    @Override
    public void write(DayPlan plan, EventLog log) {
        SeededRandom random = plan.profile().random(plan.day(), "alerts");
        if (random.chance(0.15)) {
            long at = plan.start() + random.between(20_000, 80_000);
            alarm(log, random, at, at + random.between(60, 900), OCCLUSION);
        }
        if (plan.suspended() != null
                && plan.suspended().until() - plan.suspended().from() > 1200) {
            alarm(log, random, plan.suspended().from() + 900, plan.suspended().from() + 1000, RESUME_PUMP);
        }
        for (int i = random.between(0, 3); i > 0; i--) {
            long at = plan.start() + random.between(1000, 80_000);
            alert(log, random, at, at + random.between(30, 3000), random.chance(0.5) ? LOW_INSULIN : LOW_POWER);
        }
        for (int i = random.between(0, 4); i > 0; i--) {
            long at = plan.start() + random.between(1000, 80_000);
            sensorAlert(plan, log, random, at, at + random.between(60, 3000), random.chance(0.5) ? CGM_LOW : CGM_HIGH);
        }
        for (DayPlan.Gap gap : plan.gaps()) {
            sensorAlert(plan, log, random, gap.span().from() + 1200, gap.span().until(), CGM_OUT_OF_RANGE);
        }
    }

    private static void alarm(EventLog log, SeededRandom random, long on, long off, int id) {
        log.begin(on * 1000, 5)
                .with("alarmId", id)
                .with("faultLocatorData", random.between(4000, 9000))
                .with("param1", random.between(1_000_000, 9_000_000))
                .with("param2", 0)
                .end();
        log.begin(off * 1000, 28).with("alarmId", id).end();
    }

    private static void alert(EventLog log, SeededRandom random, long on, long off, int id) {
        log.begin(on * 1000, 4)
                .with("alertId", id)
                .with("faultLocatorData", random.between(4000, 9000))
                .with("param1", random.between(0, 200));
        parameter(log, random).end();
        log.begin(off * 1000, 26)
                .with("alertId", id)
                .with("faultLocatorData", random.between(4000, 9000))
                .end();
    }

    private static void sensorAlert(DayPlan plan, EventLog log, SeededRandom random, long on, long off, int id) {
        boolean g7 = plan.profile().sensor() == PumpProfile.Sensor.G7;
        log.begin(on * 1000, g7 ? 369 : 171).with("dalertId", id);
        if (g7) {
            log.with("sensorType", 3);
        }
        log.with("faultLocatorData", random.between(4000, 9000)).with("param1", random.between(40, 400));
        parameter(log, random).end();
        if (g7) {
            log.begin((on + 20) * 1000, 371)
                    .with("dalertId", id)
                    .with("sensorType", 3)
                    .with("ackSource", random.chance(0.6) ? 0 : 1)
                    .end();
        }
        log.begin(off * 1000, g7 ? 370 : 172).with("dalertId", id);
        if (g7) {
            log.with("sensorType", 3);
        }
        log.end();
    }

    /** The float parameter: any float a pump may hold, NaN among them. */
    private static EventLog parameter(EventLog log, SeededRandom random) {
        int kind = random.between(0, 9);
        if (kind == 0) {
            return log.nothing("param2");
        }
        if (kind == 1) {
            return log.float32("param2", (float) (random.fraction() * 1e-5));
        }
        return kind < 6 ? log.with("param2", 0) : log.float32("param2", (float) (random.fraction() * 300));
    }
}
