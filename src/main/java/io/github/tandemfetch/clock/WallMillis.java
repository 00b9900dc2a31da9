package io.github.tandemfetch.clock;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Wall-clock times as milliseconds of the Unix epoch, read as if they were UTC: what clock arithmetic is done in. */
final class WallMillis {
    static final long SECOND = 1_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private WallMillis() {}

    static long of(LocalDateTime wallClock) {
        return wallClock.toEpochSecond(ZoneOffset.UTC) * SECOND + wallClock.getNano() / 1_000_000;
    }

    static LocalDateTime toWallClock(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, SECOND), (int) Math.floorMod(millis, SECOND) * 1_000_000, ZoneOffset.UTC);
    }
}
