package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/** How many days a window may have for this account, where longer ones failed; forgotten after two weeks. */
public final class WindowSizeTable {
    private static final Duration REMEMBERED = Duration.ofDays(14);

    private final Database database;

    public WindowSizeTable(Database database) {
        this.database = database;
    }

    /**
     * The longest window that is known to be answered.
     *
     * @param now the current time
     * @return empty where no window failed in the last two weeks
     */
    public OptionalInt days(Instant now) {
        return database.first(
                        "SELECT days, since FROM window_size",
                        row -> row.getObject(2, OffsetDateTime.class)
                                        .toInstant()
                                        .plus(REMEMBERED)
                                        .isAfter(now)
                                ? OptionalInt.of(row.getInt(1))
                                : OptionalInt.empty())
                .orElse(OptionalInt.empty());
    }

    /**
     * Notes that windows of some length work where longer ones failed.
     *
     * @param days the number of days
     * @param at when that was found
     */
    public void set(int days, Instant at) {
        database.execute("DELETE FROM window_size");
        database.update("INSERT INTO window_size VALUES (?, ?)", days, at.atOffset(ZoneOffset.UTC));
    }
}
