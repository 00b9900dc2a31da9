package io.github.tandemfetch.jobs;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.util.List;

/** A database with many raw events: their export takes a while. */
final class JobHistory {
    private JobHistory() {}

    static void write(Path file, int rows) {
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            add(database, 0, rows);
        }
    }

    static void add(Database database, int first, int rows) {
        database.execute("INSERT INTO raw_events SELECT range, 'p', make_timestamptz(1767225600000000"
                + " + range * 300000000), '{\"a\":\"' || repeat(md5(range::VARCHAR), 10) || '\"}', 0, range, 399,"
                + " NULL, 'x', now() FROM range(" + first + ", " + (first + rows) + ")");
    }

    /** Tables as 'tandem load' leaves them, and lines about tables that it never made. */
    static void load(Path file) {
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            for (String sql : List.of(
                    "CREATE TABLE _metadata (table_name VARCHAR PRIMARY KEY, type VARCHAR, fetched_at TIMESTAMP,"
                            + " from_date DATE, to_date DATE, row_count INTEGER)",
                    "CREATE TABLE \"Songs\" (event_name VARCHAR, event_time TIMESTAMP NOT NULL, distinct_id VARCHAR,"
                            + " insert_id VARCHAR PRIMARY KEY, properties JSON)",
                    "CREATE TABLE people (distinct_id VARCHAR PRIMARY KEY, properties JSON, last_seen TIMESTAMP)",
                    "CREATE TABLE secrets (a INTEGER)",
                    "CREATE TABLE \"a\"\"; b\" (event_time TIMESTAMP, insert_id VARCHAR)",
                    "INSERT INTO \"Songs\" VALUES ('b', '2026-01-02 03:04:05', 'u', 'i2', '{\"n\":1}'),"
                            + " ('a', '2026-01-02 03:04:05', 'u', 'i1', '{}'), ('c', '2026-03-01', 'u', 'i3', '{}')",
                    "INSERT INTO people VALUES ('u', '{}', NULL)",
                    "INSERT INTO _metadata SELECT n, t, now(), NULL, NULL, 1 FROM (VALUES ('Songs', 'events'),"
                            + " ('people', 'profiles'), ('gone', 'events'), ('a\"; b', 'events'),"
                            + " ('raw_events', 'profiles'), ('secrets', 'other')) v(n, t)")) {
                database.execute(sql);
            }
        }
    }
}
