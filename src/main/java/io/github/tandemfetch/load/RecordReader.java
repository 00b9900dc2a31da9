package io.github.tandemfetch.load;

import java.io.IOException;

/** Reads an input record by record, without interpreting the fields. */
interface RecordReader extends AutoCloseable {
    /**
     * Moves to the next record.
     *
     * @return false at the end of the input
     */
    boolean advance() throws IOException;

    /**
     * The fields of the current record.
     *
     * @throws MalformedRecordException where it cannot be parsed; reading may continue with the next record
     */
    JsonFields fields() throws MalformedRecordException;

    /** The first line of the current record, from 1. */
    long line();

    @Override
    void close() throws IOException;
}
