package io.github.tandemfetch.pump;

import java.util.Optional;

/**
 * What the pump displayed for a sensor reading.
 *
 * @param mgPerDl the displayed value, mg/dL; null for Low and High
 * @param reportedValue the value in the event whatever was displayed, mg/dL; null where there is none (a G6 reports 0)
 */
public record GlucoseReading(Status status, Integer mgPerDl, Integer reportedValue) {
    /** Sensors measure up to 400 or 500 mg/dL; values far above are invalid. */
    private static final int HIGHEST = 1000;

    /** What stood on the pump's screen. */
    public enum Status {
        /** A number. */
        VALUE,
        /** "LOW": below 40 mg/dL. */
        LOW,
        /** "HIGH": above 400 mg/dL. */
        HIGH;

        private final String label = name().toLowerCase(java.util.Locale.ROOT);

        /** The name in the database and in exports, such as {@code low}. */
        public String label() {
            return label;
        }
    }

    /**
     * Interprets a glucose event's two properties. The status is the same for every sensor: 0 a number, 1 High, 2 Low;
     * with any other (a G7's 6) the pump does not display the reading.
     *
     * @param status {@code glucoseValueStatus}; null counts as 0
     * @param value {@code currentGlucoseDisplayValue} in mg/dL, or null where the event has none
     * @return empty for a reading that was not displayed or is not {@linkplain #isReadable readable}
     */
    public static Optional<GlucoseReading> of(Double status, Double value) {
        if (!isReadable(status, value)) {
            return Optional.empty();
        }
        Integer reported = isShown(value) ? (Integer) value.intValue() : null;
        int effectiveStatus = status == null ? 0 : status.intValue();
        return switch (effectiveStatus) {
            case 0 ->
                reported == null ? Optional.empty() : Optional.of(new GlucoseReading(Status.VALUE, reported, reported));
            case 1 -> Optional.of(new GlucoseReading(Status.HIGH, null, reported));
            case 2 -> Optional.of(new GlucoseReading(Status.LOW, null, reported));
            default -> Optional.empty();
        };
    }

    /**
     * Whether a glucose event is consistent. A pump displays whole numbers of mg/dL; a fraction is another unit or an
     * error and is not rounded. A value of 0 means none.
     *
     * @param status {@code glucoseValueStatus}; null where missing, NaN where not a number
     * @param value {@code currentGlucoseDisplayValue} likewise
     * @return false where the number to display is missing or impossible
     */
    public static boolean isReadable(Double status, Double value) {
        if (status != null && !isWhole(status)) {
            return false;
        }
        boolean isNumber = status == null || status == 0;
        return !isNumber || value != null && (value == 0 || isShown(value));
    }

    private static boolean isShown(Double value) {
        return value != null && isWhole(value) && value > 0 && value <= HIGHEST;
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
    }
}
