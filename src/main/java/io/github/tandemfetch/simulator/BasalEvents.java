package io.github.tandemfetch.simulator;

/** Basal deliveries every five minutes, changes of the profile's rate, temporary rates, suspensions. */
final class BasalEvents implements EventGenerator {
    private static final int TICK = 300;
    private static final int NOT_SET = 65_535;
    private static final int[] SEGMENT_HOURS = {0, 5, 11, 20};
    private static final int[] SEGMENT_RATES = {800, 1050, 900, 850};

    /** The profile's rate at a time of day, in mU/h. */
    static int profileRate(int secondOfDay) {
        int rate = SEGMENT_RATES[0];
        for (int i = 0; i < SEGMENT_HOURS.length; i++) {
            if (secondOfDay >= SEGMENT_HOURS[i] * 3600) {
                rate = SEGMENT_RATES[i];
            }
        }
        return rate;
    }

    @Override
    public void write(DayPlan plan, EventLog log) {
        SeededRandom random = plan.profile().random(plan.day(), "basal");
        int phase = (int) Math.floorMod(SeededRandom.mix(plan.profile().seed() + 1), (long) TICK);
        for (long tick = plan.start() + Math.floorMod(phase - plan.start(), (long) TICK);
                tick < plan.end();
                tick += TICK) {
            delivery(plan, log, random, tick);
        }
        for (int i = 0; i < SEGMENT_HOURS.length; i++) {
            long at = plan.start() + SEGMENT_HOURS[i] * 3600L + 1;
            rateChange(log, at, SEGMENT_RATES[i], SEGMENT_RATES[i], 1, i == 0 ? 7 : 6);
        }
        temporaryRate(plan, log);
        suspension(plan, log, random);
    }

    private static void delivery(DayPlan plan, EventLog log, SeededRandom random, long tick) {
        int profileRate = profileRate(plan.secondOfDay(tick));
        boolean temporary = plan.hasTemporaryRate(tick);
        boolean algorithm = !plan.isWithoutGlucose(tick);
        int algorithmRate = algorithm ? Math.max(0, profileRate + random.between(-900, 600)) : NOT_SET;
        int temporaryRate = temporary ? profileRate * 6 / 10 : NOT_SET;
        int source;
        int commanded;
        if (plan.isSuspended(tick)) {
            source = 0;
            commanded = 0;
            algorithmRate = NOT_SET;
        } else if (temporary && algorithm) {
            source = 4;
            commanded = Math.min(algorithmRate, temporaryRate);
        } else if (temporary) {
            source = 2;
            commanded = temporaryRate;
        } else if (algorithm) {
            source = 3;
            commanded = algorithmRate;
        } else {
            source = 1;
            commanded = profileRate;
        }
        log.begin((tick + random.between(0, 1)) * 1000, 279)
                .with("commandedRateSource", source)
                .with("reservedA2", random.chance(0.5) ? 3 : 0)
                .with("spareA3", 0)
                .with("commandedRate", commanded);
        // Any property can be missing.
        if (!random.chance(0.0005)) {
            log.with("profileBasalRate", profileRate);
        }
        log.with("algorithmRate", algorithmRate).with("tempRate", temporaryRate).end();
    }

    private static void temporaryRate(DayPlan plan, EventLog log) {
        DayPlan.Span span = plan.temporaryRate();
        if (span == null) {
            return;
        }
        int before = profileRate(plan.secondOfDay(span.from()));
        int after = profileRate(plan.secondOfDay(span.until()));
        rateChange(log, span.from(), before * 6 / 10, before, 1 << 2, 6);
        rateChange(log, span.until(), after, after, 1 << 3, 6);
    }

    private static void suspension(DayPlan plan, EventLog log, SeededRandom random) {
        DayPlan.Span span = plan.suspended();
        if (span == null) {
            return;
        }
        int insulin = random.between(20, 220);
        log.begin(span.from() * 1000, 11)
                .with("preSuspendState", 0)
                .with("insulinAmount", insulin)
                .with("suspendReason", 0)
                .with("rpaTimeout", 15)
                .end();
        log.begin(span.until() * 1000, 12)
                .with("preResumeState", 1)
                .with("insulinAmount", insulin)
                .end();
        rateChange(log, span.from(), 0, profileRate(plan.secondOfDay(span.from())), 1 << 4, 6);
        int after = profileRate(plan.secondOfDay(span.until()));
        rateChange(log, span.until(), after, after, 1 << 5, 6);
    }

    private static void rateChange(EventLog log, long at, int commanded, int base, int change, int spare) {
        log.begin(at * 1000, 3)
                .thousandths("commandedBasalRate", commanded)
                .thousandths("baseBasalRate", base)
                .thousandths("maxBasalRate", 5000)
                .with("idp", 1)
                .bits("changeType", change)
                .with("spareC12", spare)
                .end();
    }
}
