package io.github.tandemfetch.load.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/** Writes the rows of a profiles table. */
final class ProfileRowWriter implements RowWriter<ProfileRecord> {
    @Override
    public TableType type() {
        return TableType.PROFILES;
    }

    @Override
    public String keyColumn() {
        return "distinct_id";
    }

    @Override
    public String columns() {
        return """
                distinct_id VARCHAR PRIMARY KEY,
                properties JSON USING COMPRESSION zstd,
                last_seen TIMESTAMP
                """;
    }

    @Override
    public Row row(ProfileRecord record, FieldValidator check) {
        check.required(record);
        return new ProfileRow(
                check.nonEmpty("distinct_id", record.distinctId()),
                check.object("properties", record.properties()),
                record.lastSeen() == null ? null : check.time("last_seen", record.lastSeen()));
    }

    private record ProfileRow(String key, String properties, Long lastSeenMicros) implements Row {
        @Override
        public void append(DuckDBAppender appender) throws SQLException {
            appender.append(key);
            appender.append(properties);
            if (lastSeenMicros == null) {
                appender.appendNull();
            } else {
                appender.appendEpochMicros(lastSeenMicros);
            }
        }
    }
}
