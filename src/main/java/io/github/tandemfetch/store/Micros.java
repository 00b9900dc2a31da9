package io.github.tandemfetch.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;

/** Converts times between Java and DuckDB as microseconds since 1970. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    public static LocalDateTime localDateTime(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        if (row.wasNull()) {
            return null;
        }
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, PER_SECOND), (int) Math.floorMod(micros, PER_SECOND) * 1000, ZoneOffset.UTC);
    }

    public static Instant instant(ResultSet row, int column) throws SQLException {
        LocalDateTime utc = localDateTime(row, column);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    public static void append(DuckDBAppender appender, LocalDateTime wallClock) throws SQLException {
        if (wallClock == null) {
            appender.appendNull();
        } else {
            appender.appendEpochMicros(
                    wallClock.toEpochSecond(ZoneOffset.UTC) * PER_SECOND + wallClock.getNano() / 1000);
        }
    }

    public static void append(DuckDBAppender appender, Instant utc) throws SQLException {
        if (utc == null) {
            appender.appendNull();
        } else {
            appender.appendEpochMicros(utc.getEpochSecond() * PER_SECOND + utc.getNano() / 1000);
        }
    }
}
