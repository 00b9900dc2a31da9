package io.github.tandemfetch.simulator;

/** Boluses with all their events: for meals, extended ones, automatic corrections; carbs and fingersticks. */
final class BolusEvents implements EventGenerator {
    private static final int CARB_RATIO = 9_000;
    private static final int CORRECTION_FACTOR = 42;
    private static final int TARGET = 110;
    private static final int NOW = 1;
    private static final int LATER = 1 << 1;
    private static final int CORRECTION = 1 << 3;
    private static final int CARB = 1 << 4;
    private static final int BY_ALGORITHM = 7;
    private static final int BY_SCREEN = 1;
    private static final int BY_PHONE = 8;
    private static final int PROGRESS_SECONDS = 15 * 60;
    private static final int BOLUSES_PER_DAY = 16;

    private record Bolus(long at, int id, int carbs, int glucose, int food, int correction, int source) {
        int total() {
            return food + correction;
        }

        boolean automatic() {
            return source == BY_ALGORITHM;
        }
    }

    @Override
    public void write(DayPlan plan, EventLog log) {
        SeededRandom random = plan.profile().random(plan.day(), "bolus");
        GlucoseCurve curve = new GlucoseCurve(plan);
        int id = Math.floorMod(plan.day() * BOLUSES_PER_DAY, 65_000) + 1;
        for (DayPlan.Meal meal : plan.meals()) {
            if (!meal.bolused()) {
                continue;
            }
            long at = meal.at() - random.between(0, 600);
            int glucose = (int) Math.round(curve.at(at));
            int correction = glucose > TARGET + 30 ? (glucose - TARGET) * 1000 / CORRECTION_FACTOR / 10 * 10 : 0;
            int food = meal.carbs() * 1_000_000 / CARB_RATIO / 10 * 10;
            int source = random.chance(0.5) ? BY_PHONE : BY_SCREEN;
            Bolus bolus = new Bolus(at, id++, meal.carbs(), glucose, food, correction, source);
            if (random.chance(0.15) && at + 5 * 3600 < plan.end()) {
                extended(log, random, bolus, random.between(4, 12) * PROGRESS_SECONDS);
            } else {
                standard(log, random, bolus);
            }
        }
        for (int i = random.between(1, 4); i > 0; i--) {
            long at = plan.start() + random.between(1800, 82_000);
            int glucose = Math.max(170, (int) Math.round(curve.at(at)));
            standard(log, random, new Bolus(at, id++, 0, glucose, 0, random.between(15, 120) * 10, BY_ALGORITHM));
        }
        for (int i = random.between(0, 2); i > 0; i--) {
            long at = plan.start() + random.between(20_000, 80_000);
            fingerstick(log, random, at, (int) Math.round(curve.at(at)) + random.between(-12, 12));
        }
    }

    private static void standard(EventLog log, SeededRandom random, Bolus bolus) {
        request(log, random, bolus, bolus.automatic() ? 3 : bolus.source() == BY_PHONE ? 4 : 0, 100, 0);
        long started = bolus.at() + 15;
        activated(log, random, started, 55, "bolusSize", bolus, bolus.total());
        int type = NOW | (bolus.correction() > 0 ? CORRECTION : 0) | (bolus.carbs() > 0 ? CARB : 0);
        delivery(log, started, bolus, 1, type, bolus.total(), 0, 0, 0);
        long completed = started + 10 + bolus.total() / 35;
        boolean aborted = random.chance(0.02);
        int delivered = aborted ? bolus.total() * 4 / 10 / 10 * 10 : bolus.total();
        delivery(log, completed, bolus, 0, type, bolus.total(), 0, 0, delivered);
        completed(log, random, completed, 20, bolus, aborted ? 0 : 3, delivered, bolus.total());
    }

    private static void extended(EventLog log, SeededRandom random, Bolus bolus, int seconds) {
        int now = bolus.total() / 20 * 10;
        int later = bolus.total() - now;
        int minutes = seconds / 60;
        request(log, random, bolus, bolus.source() == BY_PHONE ? 5 : 1, 50, minutes);
        long started = bolus.at() + 15;
        int type = NOW | LATER | CARB | (bolus.correction() > 0 ? CORRECTION : 0);
        activated(log, random, started, 55, "bolusSize", bolus, now);
        delivery(log, started, bolus, 1, type, now, later, minutes, 0);
        long nowDone = started + 10 + now / 35;
        delivery(log, nowDone, bolus, 1, type, now, later, minutes, now);
        completed(log, random, nowDone, 20, bolus, 3, now, now);
        activated(log, random, nowDone, 59, "bolexSize", bolus, later);
        for (int passed = PROGRESS_SECONDS; passed < seconds; passed += PROGRESS_SECONDS) {
            int total = now + (int) ((long) later * passed / seconds);
            delivery(log, nowDone + passed, bolus, 1, type, now, later, minutes, total);
        }
        delivery(log, nowDone + seconds, bolus, 0, type, now, later, minutes, now + later);
        completed(log, random, nowDone + seconds, 21, bolus, 3, later, later);
    }

    private static void request(
            EventLog log, SeededRandom random, Bolus bolus, int options, int standardPercent, int minutes) {
        long at = bolus.at() * 1000;
        if (bolus.carbs() > 0) {
            log.begin(at - 2000, 48).with("carbs", bolus.carbs()).end();
        }
        log.begin(at, 64)
                .with("bolusId", bolus.id())
                .with("bolusType", bolus.automatic() ? 2 : bolus.carbs() > 0 ? 1 : 0)
                .with("correctionBolusIncluded", bolus.correction() > 0 ? 1 : 0)
                .with("carbAmount", bolus.carbs())
                .with("bg", bolus.glucose())
                .float32("iob", random.between(0, 40_000) / 7919f)
                .with("carbRatio", CARB_RATIO)
                .end();
        log.begin(at, 65)
                .with("bolusId", bolus.id())
                .with("options", options)
                .with("standardPercent", standardPercent)
                .with("duration", minutes)
                .with("spareB6", 0)
                .with("isf", CORRECTION_FACTOR)
                .with("targetBg", TARGET)
                .with("userOverride", 0)
                .with("declinedCorrection", 0)
                .with("selectedIob", 1)
                .end();
        log.begin(at, 66)
                .with("bolusId", bolus.id())
                .with("spareA2", 0)
                .thousandths("foodBolusSize", bolus.food())
                .thousandths("correctionBolusSize", bolus.correction())
                .thousandths("totalBolusSize", bolus.total())
                .end();
    }

    private static void activated(
            EventLog log, SeededRandom random, long at, int code, String size, Bolus bolus, int milliunits) {
        log.begin(at * 1000, code)
                .with("bolusId", bolus.id())
                .with("selectedIob", 1)
                .with("spareA3", 0)
                .float32("iob", random.between(0, 40_000) / 7919f)
                .thousandths(size, milliunits)
                .end();
    }

    private static void delivery(
            EventLog log, long at, Bolus bolus, int status, int type, int now, int later, int minutes, int delivered) {
        log.begin(at * 1000, 280)
                .with("bolusId", bolus.id())
                .with("bolusDeliveryStatus", status)
                .bits("bolusType", type)
                .with("bolusSource", bolus.source())
                .with("remoteId", bolus.source() == BY_PHONE ? 47 : 0)
                .with("requestedNow", now)
                .with("requestedLater", later)
                .with("correction", bolus.correction())
                .with("extendedDurationRequested", minutes)
                .with("deliveredTotal", delivered)
                .end();
    }

    private static void completed(
            EventLog log,
            SeededRandom random,
            long at,
            int code,
            Bolus bolus,
            int status,
            int delivered,
            int requested) {
        log.begin(at * 1000, code)
                .with("completionStatus", status)
                .with("bolusId", bolus.id())
                .float32("iob", random.between(0, 40_000) / 7919f)
                .thousandths("insulinDelivered", delivered)
                .thousandths("insulinRequested", requested)
                .end();
    }

    private static void fingerstick(EventLog log, SeededRandom random, long at, int glucose) {
        log.begin(at * 1000, 16)
                .with("bg", Math.max(20, glucose))
                .with("bgEntryType", random.chance(0.7) ? 0 : 1)
                .with("cgmCalibration", random.chance(0.2) ? 1 : 0)
                .float32("iob", random.between(0, 40_000) / 7919f)
                .with("targetBg", TARGET)
                .with("isf", CORRECTION_FACTOR)
                .with("selectedIob", 1)
                .with("bgSourceType", 0)
                .with("spareD14", 0)
                .end();
    }
}
