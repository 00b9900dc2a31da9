package io.github.tandemfetch.source;

import java.time.Duration;
import java.time.Instant;

/** The header {@code Retry-After}: seconds, or an HTTP date. */
final class RetryAfter {
    private static final int LONGEST_NUMBER = 9;

    private RetryAfter() {}

    /** The wait that the header asks for, or null where it is absent or says nothing of use; now is the service's time. */
    static Duration parse(String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(text.length() > LONGEST_NUMBER ? Integer.MAX_VALUE : Long.parseLong(text));
        }
        return HttpDate.parse(text)
                .map(then -> Duration.between(now, then))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(null);
    }
}
