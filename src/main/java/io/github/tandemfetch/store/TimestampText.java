package io.github.tandemfetch.store;

/**
 * SQL that formats times. Every row has six fraction digits, since readers infer a column's format from its first rows.
 */
public final class TimestampText {
    private TimestampText() {}

    /**
     * A {@code TIMESTAMPTZ} as {@code 2026-02-08T10:30:00.123456+00:00}.
     *
     * @param name the SQL of the value
     * @param quote put before and after the text
     */
    public static String utc(String name, String quote) {
        // By way of the microseconds since 1970, so that the session's time zone has no say.
        return "strftime(make_timestamp(epoch_us(" + name + ")), '" + quote + "%Y-%m-%dT%H:%M:%S.%f+00:00" + quote
                + "')";
    }

    /**
     * A {@code TIMESTAMP} as {@code 2026-02-08T10:30:00.123456}.
     *
     * @param name the SQL of the value
     * @param quote put before and after the text
     */
    public static String local(String name, String quote) {
        return "strftime(" + name + ", '" + quote + "%Y-%m-%dT%H:%M:%S.%f" + quote + "')";
    }
}
