package io.github.tandemfetch.export;

/**
 * Times as text. Both kinds keep six digits after the second on every row: readers that guess a column's format from
 * its first rows then read all of them.
 */
final class TimeText {
    private TimeText() {}

    /** A {@code TIMESTAMPTZ} as {@code 2026-02-08T10:30:00.123456+00:00}. */
    static String utc(String name, String quote) {
        // By way of the microseconds since 1970, so that the session's time zone has no say.
        return "strftime(make_timestamp(epoch_us(" + name + ")), '" + quote + "%Y-%m-%dT%H:%M:%S.%f+00:00" + quote
                + "')";
    }

    /** A {@code TIMESTAMP} as {@code 2026-02-08T10:30:00.123456}. */
    static String local(String name, String quote) {
        return "strftime(" + name + ", '" + quote + "%Y-%m-%dT%H:%M:%S.%f" + quote + "')";
    }
}
