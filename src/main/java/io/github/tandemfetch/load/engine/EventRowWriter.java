package io.github.tandemfetch.load.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/** Writes the rows of an events table. */
final class EventRowWriter implements RowWriter<EventRecord> {
    @Override
    public TableType type() {
        return TableType.EVENTS;
    }

    @Override
    public String keyColumn() {
        return "insert_id";
    }

    @Override
    public String columns() {
        return """
                event_name VARCHAR NOT NULL,
                event_time TIMESTAMP NOT NULL,
                distinct_id VARCHAR NOT NULL,
                insert_id VARCHAR PRIMARY KEY,
                properties JSON USING COMPRESSION zstd
                """;
    }

    @Override
    public Row row(EventRecord record, FieldValidator check) {
        check.required(record);
        return new EventRow(
                check.nonEmpty("event_name", record.eventName()),
                check.time("event_time", record.eventTime()),
                check.text("distinct_id", record.distinctId()),
                check.nonEmpty("insert_id", record.insertId()),
                check.object("properties", record.properties()));
    }

    private record EventRow(String eventName, long eventTimeMicros, String distinctId, String key, String properties)
            implements Row {
        @Override
        public void append(DuckDBAppender appender) throws SQLException {
            appender.append(eventName);
            appender.appendEpochMicros(eventTimeMicros);
            appender.append(distinctId);
            appender.append(key);
            appender.append(properties);
        }
    }
}
