package org.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Reads a result of text columns while the engine is still computing it. The driver's result set converts all values of
 * a few thousand rows at once, whatever their size, and loses the reason of a failure within the result. Its chunks
 * convert one value at a time, but end after a failure as after the last row; whether there was one is not public.
 */
public final class StreamedTexts implements AutoCloseable {
    private static final String TOO_LARGE = "A value of the result does not fit into memory";

    private final DuckDBChunkedResult result;
    private DuckDBDataChunkReader chunk;
    private long row;

    private StreamedTexts(DuckDBChunkedResult result) {
        this.result = result;
    }

    /** Executes a prepared statement of this driver. */
    public static StreamedTexts of(PreparedStatement statement) throws SQLException {
        return new StreamedTexts(statement.unwrap(DuckDBPreparedStatement.class).query());
    }

    /** Interrupts the statement of a session, at once or with the next rows. */
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
     * @return false after the last row
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
     * A value of the current row.
     *
     * @param column from 0
     * @return null for NULL
     * @throws SQLException where the value does not fit into memory
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
