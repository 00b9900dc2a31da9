package io.github.tandemfetch.load.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/** Converts records of one type to rows. */
interface RowWriter<R> {
    TableType type();

    /** The column with the unique key. */
    String keyColumn();

    /** The column definitions for CREATE TABLE. */
    String columns();

    /** Validates a record and converts it. */
    Row row(R record, FieldValidator check);

    /** A valid record. */
    interface Row {
        /** The unique key. */
        String key();

        /** Appends the values in column order. */
        void append(DuckDBAppender appender) throws SQLException;
    }
}
