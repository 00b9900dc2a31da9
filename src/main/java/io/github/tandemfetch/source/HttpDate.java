package io.github.tandemfetch.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The header {@code Date}: what time it is for the service. Whatever else an answer says of times is meant by that clock,
 * and this machine's may be wrong.
 */
final class HttpDate {
    private HttpDate() {}

    /** The time of a header, or nothing where it is absent or no date. */
    static Optional<Instant> parse(String header) {
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
