package org.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Reads a result whose values are all texts while the engine still works on it. The driver's result set makes strings
 * of all values of a few thousand rows at once, whatever their size, and loses the reason of a failure in the middle.
 * Its chunks make a string of one value at a time, but end after a failure as they do after the last row; whether there
 * was one is not public.
 */
public final class StreamedTexts implements AutoCloseable {
    private final DuckDBChunkedResult result;
    private DuckDBDataChunkReader chunk;
    private long row;

    private StreamedTexts(DuckDBChunkedResult result) {
        this.result = result;
    }

    /**
     * Runs a statement.
     *
     * @param statement a prepared statement of this driver
     * @return its result, before the first row
     * @throws SQLException where the engine fails
     */
    public static StreamedTexts of(PreparedStatement statement) throws SQLException {
        return new StreamedTexts(statement.unwrap(DuckDBPreparedStatement.class).query());
    }

    /**
     * Stops what a session is doing, at once or with the next rows.
     *
     * @param connection the session
     * @throws SQLException where it is closed
     */
    public static void interrupt(DuckDBConnection connection) throws SQLException {
        // A statement's own cancellation takes no notice of a result that is being read.
        connection.connRefLock.lock();
        try {
            connection.interrupt();
        } finally {
            connection.connRefLock.unlock();
        }
    }

    /**
     * Goes to the next row.
     *
     * @return false after the last
     * @throws SQLException where the engine failed
     */
    public boolean next() throws SQLException {
        row++;
        while (chunk == null || row >= chunk.rowCount()) {
            if (!result.nextChunk()) {
                result.checkError();
                return false;
            }
            chunk = result.chunk();
            row = 0;
        }
        return true;
    }

    /**
     * A value of the row.
     *
     * @param column which column, from 0
     * @return the text, null for NULL
     */
    public String text(int column) {
        return chunk.vector(column).getString(row);
    }

    @Override
    public void close() throws SQLException {
        result.close();
    }
}
