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
    private static final String TOO_LARGE = "A value of the result does not fit into memory";

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
     * @throws SQLException where it does not fit into memory
     */
    public String text(int column) throws SQLException {
        try {
            return chunk.vector(column).getString(row);
        } catch (OutOfMemoryError e) {
            throw new SQLException(TOO_LARGE, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // The library throws what the method does not declare, and for this reason only.
            throw new SQLException(TOO_LARGE, e);
        }
    }

    @Override
    public void close() throws SQLException {
        result.close();
    }
}
