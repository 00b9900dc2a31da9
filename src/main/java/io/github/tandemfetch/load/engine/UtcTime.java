package io.github.tandemfetch.load.engine;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Parses a time in ISO 8601, such as {@code 2024-01-15T10:30:00.123456+05:00}, as microseconds since 1970. A time
 * without an offset is UTC. Digits beyond the microsecond are cut off, as the database would.
 */
final class UtcTime {
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_END = 19;
    private static final int MICROS_DIGITS = 6;
    private static final int MOST_FRACTION_DIGITS = 9;

    private final String text;

    private UtcTime(String text) {
        this.text = text;
    }

    static long micros(String text) {
        return new UtcTime(text).micros();
    }

    private long micros() {
        if (text.length() < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || !isSeparator(text.charAt(DATE_LENGTH))
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw unreadable();
        }
        LocalDateTime time = LocalDateTime.of(
                digits(0, 4), digits(5, 7), digits(8, 10), digits(11, 13), digits(14, 16), digits(17, SECONDS_END));
        if (time.getYear() == 0) {
            throw unreadable();
        }
        int end = SECONDS_END;
        int micros = 0;
        if (end < text.length() && text.charAt(end) == '.') {
            end = fractionEnd(end + 1);
            micros = fraction(SECONDS_END + 1, end);
        }
        return (time.toEpochSecond(ZoneOffset.UTC) - offsetSeconds(end)) * 1_000_000 + micros;
    }

    private static boolean isSeparator(char c) {
        return c == 'T' || c == 't' || c == ' ';
    }

    private int fractionEnd(int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end == start || end - start > MOST_FRACTION_DIGITS) {
            throw unreadable();
        }
        return end;
    }

    private int fraction(int start, int end) {
        int micros = digits(start, Math.min(end, start + MICROS_DIGITS));
        for (int i = end - start; i < MICROS_DIGITS; i++) {
            micros *= 10;
        }
        return micros;
    }

    private int offsetSeconds(int start) {
        String offset = text.substring(start);
        if (offset.isEmpty()) {
            return 0;
        }
        return ZoneOffset.of(offset.equals("z") ? "Z" : offset).getTotalSeconds();
    }

    private int digits(int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                throw unreadable();
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static DateTimeException unreadable() {
        return new DateTimeException("not ISO 8601");
    }
}
