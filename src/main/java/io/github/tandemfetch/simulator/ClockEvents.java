package io.github.tandemfetch.simulator;

/** The announced changes of the pump's clock (codes 13 and 14), and the events of a pump's startup. */
final class ClockEvents implements EventGenerator {
    private static final long DAY = 86_400_000L;
    private static final long COUNTER = 1L << 32;
    private static final long PUMP_EPOCH_DAY = ClockPlan.PUMP_EPOCH_SECONDS / 86_400;

    @Override
    public void write(DayPlan plan, EventLog log) {
        long startMillis = plan.start() * 1000;
        long endMillis = plan.end() * 1000;
        for (ClockPlan.Setting setting : log.clock().settings()) {
            long at = setting.trueMillis();
            if (at >= startMillis && at < endMillis && setting.eventCode() != 0) {
                announce(plan, log, setting);
            }
        }
        for (long waking : log.clock().wakings()) {
            if (waking >= startMillis && waking < endMillis) {
                startUp(log, waking);
            }
        }
        if (plan.day() == plan.profile().restartDay()) {
            log.begin(startMillis, 60).with("block", 3).with("reason", 1).end();
            startUp(log, startMillis);
        }
    }

    private static void announce(DayPlan plan, EventLog log, ClockPlan.Setting setting) {
        long at = setting.trueMillis();
        long before = at + setting.offsetBefore();
        long after = at + setting.offsetAfter();
        long counter = Math.floorMod(at + SeededRandom.mix(plan.profile().seed()), COUNTER);
        log.begin(at, setting.eventCode(), Math.floorDiv(after, 1000L));
        if (setting.eventCode() == ClockPlan.TIME_CHANGED) {
            log.with("timePrior", Math.floorMod(before, DAY)).with("timeAfter", Math.floorMod(after, DAY));
        } else {
            log.with("datePrior", Math.floorDiv(before, DAY) - PUMP_EPOCH_DAY)
                    .with("dateAfter", Math.floorDiv(after, DAY) - PUMP_EPOCH_DAY);
        }
        log.with("rawRtcTime", counter).end();
    }

    private static void startUp(EventLog log, long at) {
        log.begin(at, 99)
                .with("version", 1_108_201_743)
                .with("configABits", 0)
                .with("configBBits", 0)
                .with("numLogEntries", 100_000)
                .end();
        log.begin(at + 1000, 191)
                .with("version", 1_108_201_743)
                .with("configABits", 0)
                .with("configBBits", 0)
                .with("armCrc", 48_879)
                .end();
    }
}
