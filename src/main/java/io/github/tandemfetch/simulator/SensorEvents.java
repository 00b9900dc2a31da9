package io.github.tandemfetch.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Sensor readings every five minutes, and the sessions they belong to: gaps, backfilled readings in bursts, readings
 * logged twice, Low, High and hidden readings, warm-ups.
 */
final class SensorEvents implements EventGenerator {
    private static final int TICK = 300;
    private static final int LOWEST_SHOWN = 40;
    private static final int HIGHEST_SHOWN = 400;
    private static final int STATUS_VALUE = 0;
    private static final int STATUS_HIGH = 1;
    private static final int STATUS_LOW = 2;
    private static final int STATUS_HIDDEN = 6;
    private static final int LIVE = 1;
    private static final int BACKFILL = 2;
    private static final int SENSOR_DAYS = 10;
    private static final int G6_INFO = 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 11;
    private static final int G7_INFO = G6_INFO | 1 << 12;

    private record Reading(long takenAt, int value, int status, int rate) {}

    @Override
    public void write(DayPlan plan, EventLog log) {
        PumpProfile profile = plan.profile();
        SeededRandom random = profile.random(plan.day(), "sensor");
        GlucoseCurve curve = new GlucoseCurve(plan);
        boolean g7 = profile.sensor() == PumpProfile.Sensor.G7;
        int phase = (int) Math.floorMod(SeededRandom.mix(profile.seed()), (long) TICK);
        long tick = plan.start() + Math.floorMod(phase - plan.start(), (long) TICK);
        long twice = random.chance(0.4) ? plan.start() + random.between(0, 80_000) : Long.MAX_VALUE;
        long hidden = g7 && random.chance(0.4) ? plan.start() + random.between(0, 80_000) : Long.MAX_VALUE;
        int hiddenLeft = 3;
        List<Reading> missed = new ArrayList<>();
        int previous = (int) Math.round(curve.at(tick));
        for (; tick < plan.end(); tick += TICK) {
            int value = (int) Math.round(curve.at(tick)) + random.between(-2, 2);
            int lag = random.between(2, 24);
            int status = value < LOWEST_SHOWN ? STATUS_LOW : value > HIGHEST_SHOWN ? STATUS_HIGH : STATUS_VALUE;
            if (tick >= hidden && hiddenLeft > 0) {
                status = STATUS_HIDDEN;
                hiddenLeft--;
            }
            int rate = Math.max(-128, Math.min(127, (value - previous) * 2));
            previous = value;
            if (plan.isWithoutGlucose(tick)) {
                if (isHandedInLater(plan, tick)) {
                    missed.add(new Reading(tick, value, status, 0));
                }
                continue;
            }
            long logged = tick + lag;
            Reading reading = new Reading(tick, value, status, rate);
            log(plan, log, random, logged, reading, LIVE);
            if (tick >= twice) {
                twice = Long.MAX_VALUE;
                log(plan, log, random, logged + 4, reading, BACKFILL);
            }
            for (int i = 0; i < missed.size(); i++) {
                log(plan, log, random, logged + 5 + i / 4, missed.get(i), BACKFILL);
            }
            missed.clear();
        }
        session(plan, log, random);
    }

    private static boolean isHandedInLater(DayPlan plan, long tick) {
        for (DayPlan.Gap gap : plan.gaps()) {
            if (gap.span().covers(tick)) {
                return gap.backfilled();
            }
        }
        return false;
    }

    private static void log(
            DayPlan plan, EventLog log, SeededRandom random, long logged, Reading reading, int dataType) {
        int status = reading.status();
        boolean g7 = plan.profile().sensor() == PumpProfile.Sensor.G7;
        boolean outside = status == STATUS_LOW || status == STATUS_HIGH;
        log.begin(logged * 1000, plan.profile().sensor().eventCode());
        log.with("glucoseValueStatus", status).bits("cgmDataType", dataType).with("rate", reading.rate());
        log.with("algorithmState", g7 ? (status == STATUS_HIDDEN ? 33 : 32) : 6);
        if (!random.chance(0.002)) {
            log.with("rssi", random.between(-90, -50));
        }
        if (!random.chance(0.0004)) {
            log.with("currentGlucoseDisplayValue", outside && !g7 ? 0 : reading.value());
        }
        if (!random.chance(0.0002)) {
            // The time of the reading in the pump's clock at the time of logging.
            long wall = log.clockSeconds(logged * 1000) - (logged - reading.takenAt());
            log.with("egvTimeStamp", wall - ClockPlan.PUMP_EPOCH_SECONDS).reading(reading.takenAt() * 1000);
        }
        log.bits("egvInfoBitmask", (g7 ? G7_INFO : G6_INFO) | dataType);
        log.with("interval", dataType == LIVE ? 0 : 1).with("reservedD15", g7 ? 0 : 1);
        log.end();
    }

    private static void session(DayPlan plan, EventLog log, SeededRandom random) {
        long change = plan.sensorChange();
        if (change == 0) {
            return;
        }
        long started = change - (SENSOR_DAYS - 1) * 86_400L;
        long counter = 86_400L * SENSOR_DAYS + random.between(0, 600);
        if (plan.profile().sensor() == PumpProfile.Sensor.G7) {
            log.begin((change - 60) * 1000, 447)
                    .with("currentTransmitterTime", counter)
                    .with("sessionStartTime", 0)
                    .with("sessionStopTime", counter)
                    .with("sessionDuration", SENSOR_DAYS)
                    .with("sessionStopReason", 0)
                    .with("stopSessionCode", 34)
                    .end();
            log.begin((change + 90) * 1000, 394)
                    .with("cgmTimestamp", 90)
                    .with("sessionSignature", Math.floorMod(started, 1L << 32))
                    .end();
            return;
        }
        log.begin((change - 60) * 1000, 214)
                .with("currentTransmitterTime", counter)
                .with("sessionStartTime", 0)
                .with("sessionStopTime", counter)
                .with("sessionDuration", SENSOR_DAYS)
                .with("sessionStopReason", 0)
                .end();
        for (int code = 212; code <= 213; code++) {
            log.begin((change + 30L * (code - 211)) * 1000, code)
                    .with("currentTransmitterTime", counter + 90)
                    .with("sessionStartTime", counter)
                    .with("sessionDuration", SENSOR_DAYS);
            if (code == 213) {
                log.with("sessionJoinReason", 8);
            }
            log.end();
        }
    }
}
