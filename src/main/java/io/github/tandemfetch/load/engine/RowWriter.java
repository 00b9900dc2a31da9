package io.github.tandemfetch.load.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/**
 * How records of one type become rows.
 *
 * @param <R> the records
 */
interface RowWriter<R> {
    /** What the rows are. */
    TableType type();

    /** The column that tells a row from all others. */
    String keyColumn();

    /** The columns, for CREATE TABLE. */
    String columns();

    /**
     * Checks a record.
     *
     * @param record the record
     * @param check knows which one it is
     * @return the row that it becomes
     */
    Row row(R record, FieldValidator check);

    /** A record that can be stored. */
    interface Row {
        /** What tells it from all others. */
        String key();

        /** Appends the row's values, in the order of the columns. */
        void append(DuckDBAppender appender) throws SQLException;
    }
}
