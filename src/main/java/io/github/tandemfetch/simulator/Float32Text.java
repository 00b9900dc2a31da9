package io.github.tandemfetch.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How the service writes a 32-bit float: the shortest decimal that reads back as the same float. */
final class Float32Text {
    /** Nine significant digits tell any two 32-bit floats apart. */
    private static final int MOST_DIGITS = 9;

    /** A decimal of up to six digits is restored by rounding its (normal) float to six digits. */
    private static final int SURE_DIGITS = 6;

    private static final int LARGEST_PLAIN_EXPONENT = 21;
    private static final int SMALLEST_PLAIN_EXPONENT = -7;

    private Float32Text() {}

    /** A whole value has no decimal point; NaN and infinities are {@code null}. */
    static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return "null";
        }
        if (value == 0) {
            return "0";
        }
        // Float.toString is not the shortest text before JDK 19.
        BigDecimal exact = new BigDecimal(value);
        int fewest = Math.abs(value) < Float.MIN_NORMAL ? 1 : SURE_DIGITS;
        for (int digits = fewest; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.floatValue() == value) {
                return written(rounded);
            }
        }
        return written(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private static String written(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (exponent < LARGEST_PLAIN_EXPONENT && exponent >= SMALLEST_PLAIN_EXPONENT) {
            return plain.toPlainString();
        }
        String digits = plain.unscaledValue().abs().toString();
        String sign = plain.signum() < 0 ? "-" : "";
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign + mantissa + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}
