package io.github.tandemfetch.simulator;

import java.util.List;

/**
 * A person's glucose over time, in mg/dL: a daily rhythm, meals, slow noise, and now and then a deep low or a high beyond
 * what a sensor shows. It is continuous over midnight although each day is generated alone.
 */
final class GlucoseCurve {
    private static final double BASE = 116;
    private static final double LOWEST = 31;
    private static final double HIGHEST = 439;
    private static final int MEAL_PEAK_SECONDS = 65 * 60;
    private static final int MEAL_END_SECONDS = 6 * 3600;

    private final PumpProfile profile;
    private final DayPlan plan;
    private final List<DayPlan.Meal> eveningBefore;
    private long lowAt = Long.MIN_VALUE;
    private double lowBy;
    private long highAt = Long.MIN_VALUE;
    private double highBy;

    GlucoseCurve(DayPlan plan) {
        this.plan = plan;
        profile = plan.profile();
        eveningBefore = DayPlan.meals(profile, plan.day() - 1);
        SeededRandom random = profile.random(plan.day(), "excursions");
        if (random.chance(0.35)) {
            lowAt = plan.start() + random.between(4 * 3600, 20 * 3600);
            lowBy = random.between(50, 115);
        }
        if (random.chance(0.35)) {
            highAt = plan.start() + random.between(5 * 3600, 20 * 3600);
            highBy = random.between(90, 290);
        }
    }

    /** The glucose at a true second of this day. */
    double at(long second) {
        double rhythm = 14 * Math.sin(2 * Math.PI * (plan.secondOfDay(second) - 4 * 3600) / 86_400);
        double value = BASE + rhythm + 24 * noise(second, 3 * 3600, 1) + 10 * noise(second, 45 * 60, 2);
        value += eaten(eveningBefore, second) + eaten(plan.meals(), second);
        if (lowAt != Long.MIN_VALUE) {
            value -= lowBy * bump(second - lowAt, 45 * 60);
        }
        if (highAt != Long.MIN_VALUE) {
            value += highBy * bump(second - highAt, 55 * 60);
        }
        return Math.max(LOWEST, Math.min(HIGHEST, value));
    }

    private static double eaten(List<DayPlan.Meal> meals, long second) {
        double sum = 0;
        for (DayPlan.Meal meal : meals) {
            long since = second - meal.at();
            if (since > 0 && since < MEAL_END_SECONDS) {
                double x = (double) since / MEAL_PEAK_SECONDS;
                sum += meal.carbs() * (meal.bolused() ? 1.3 : 2.2) * x * Math.exp(1 - x);
            }
        }
        return sum;
    }

    private static double bump(long distance, int width) {
        double x = (double) distance / width;
        return x * x > 20 ? 0 : Math.exp(-x * x);
    }

    private double noise(long second, int period, long octave) {
        long step = Math.floorDiv(second, period);
        double x = (double) Math.floorMod(second, period) / period;
        double left = SeededRandom.noise(profile.seed() + octave, step);
        double right = SeededRandom.noise(profile.seed() + octave, step + 1);
        return left + (right - left) * x * x * (3 - 2 * x);
    }
}
