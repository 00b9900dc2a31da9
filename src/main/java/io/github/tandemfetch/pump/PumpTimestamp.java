package io.github.tandemfetch.pump;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** Reads the forms in which the pump writes its own wall-clock time, which has no zone. */
public final class PumpTimestamp {
    /** The pump counts seconds and days from here, on its own clock. */
    public static final LocalDateTime EPOCH = LocalDateTime.of(2008, 1, 1, 0, 0);

    private static final long EPOCH_SECOND = EPOCH.toEpochSecond(ZoneOffset.UTC);
    private static final long LAST_COUNTABLE_SECOND = 0xFFFF_FFFFL;
    private static final LocalDateTime LAST_COUNTABLE = EPOCH.plusSeconds(LAST_COUNTABLE_SECOND);
    private static final int PLAIN_LENGTH = "2026-05-14T00:01:31".length();

    // A zone suffix is read and dropped: the service is known to write a Z behind wall-clock times.
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter();

    private PumpTimestamp() {}

    /**
     * Parses a date and time of the service, {@code 2026-05-14T00:01:31}; a fraction is kept, an offset dropped.
     *
     * @return empty where the text is null, not a date and time, or later than the end of the pump calendar
     */
    public static Optional<LocalDateTime> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            LocalDateTime stamp = isPlain(text) ? parsePlain(text) : LocalDateTime.parse(text, LENIENT);
            // Microseconds of a later one would not fit into the database, nor what is reckoned from it.
            return Optional.of(stamp).filter(time -> !time.isAfter(LAST_COUNTABLE));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Converts seconds of the pump's clock to its wall-clock time.
     *
     * @param seconds since 2008-01-01T00:00:00 on the pump's clock
     * @return empty for a number beyond 32 bits
     */
    public static Optional<LocalDateTime> ofSeconds(long seconds) {
        if (seconds < 0 || seconds > LAST_COUNTABLE_SECOND) {
            return Optional.empty();
        }
        return Optional.of(LocalDateTime.ofEpochSecond(EPOCH_SECOND + seconds, 0, ZoneOffset.UTC));
    }

    private static boolean isPlain(String text) {
        return text.length() == PLAIN_LENGTH
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static LocalDateTime parsePlain(String text) {
        return LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                digits(text, 17, 19));
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
