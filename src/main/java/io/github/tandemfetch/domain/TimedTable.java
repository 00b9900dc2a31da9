package io.github.tandemfetch.domain;

import com.fasterxml.jackson.annotation.JsonValue;

/** A table whose rows have a time and a key: one of pump data, or one that was loaded. */
public interface TimedTable {
    /**
     * The name in the database, and in JSON.
     *
     * @return such as {@code events}
     */
    @JsonValue
    String tableName();

    /**
     * The column with the time of a row, in UTC.
     *
     * @return such as {@code timestamp}
     */
    String timeColumn();

    /**
     * The column that orders rows of the same time.
     *
     * @return such as {@code id}
     */
    String keyColumn();
}
