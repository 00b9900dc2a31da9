package io.github.tandemfetch.cli;

import java.util.Locale;

/** Writes offsets from UTC, and moves of a clock, for people to read. */
final class OffsetText {
    private static final long DAY = 86_400;

    private OffsetText() {}

    /** Such as {@code +02:00}, {@code -04:56:30}, or {@code +6712 days 10:13:07} for a clock that had lost its time. */
    static String of(double seconds) {
        long whole = Math.round(Math.abs(seconds));
        String sign = seconds < 0 && whole > 0 ? "-" : "+";
        long days = whole / DAY;
        String time = String.format(Locale.ROOT, "%02d:%02d", whole % DAY / 3600, whole % 3600 / 60)
                + (whole % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", whole % 60));
        return days == 0 ? sign + time : sign + days + (days == 1 ? " day " : " days ") + time;
    }
}
