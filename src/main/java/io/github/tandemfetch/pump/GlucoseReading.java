package io.github.tandemfetch.pump;

import java.util.Optional;

/**
 * What the pump showed for a sensor reading.
 *
 * @param status number, Low or High
 * @param mgPerDl the number shown, mg/dL; null where the pump showed Low or High instead of one
 * @param reportedValue the number in the event whatever was shown, mg/dL; null where there is none (a G6 reports 0)
 */
public record GlucoseReading(Status status, Integer mgPerDl, Integer reportedValue) {
    /** Sensors measure up to 400 or 500 mg/dL; what lies far above is no glucose. */
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

        /**
         * The name in the database and in exports.
         *
         * @return such as {@code low}
         */
        public String label() {
            return label;
        }
    }

    /**
     * Reads a glucose event's two properties. The status numbers mean the same for every sensor: 0 a number, 1 High, 2
     * Low; any other (a G7's 6) tells the pump not to show the reading.
     *
     * @param status {@code glucoseValueStatus}, or null where the event has none; then a number is taken for shown
     * @param value {@code currentGlucoseDisplayValue} in mg/dL, or null where the event has none
     * @return empty for a reading that the pump did not show, or that cannot be {@linkplain #isReadable read}
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
     * Whether a glucose event says what the pump showed. A pump shows whole numbers of mg/dL; a fraction is another unit
     * or something else, and is not rounded to a number that nobody saw. A value of 0 is none.
     *
     * @param status {@code glucoseValueStatus}; null where the event has none, not a number where it is none
     * @param value {@code currentGlucoseDisplayValue} likewise
     * @return false where a number should be, and there is none that a pump can show
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
