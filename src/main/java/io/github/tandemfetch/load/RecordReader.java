package io.github.tandemfetch.load;

import java.io.IOException;

/** The records of an input one after the other, before anything is known of their fields. */
interface RecordReader extends AutoCloseable {
    /**
     * Goes on to the next record.
     *
     * @return false after the last
     * @throws IOException where the input cannot be read
     */
    boolean advance() throws IOException;

    /**
     * The fields of the record that was reached last.
     *
     * @throws MalformedRecord where it is no record; the next one can be read all the same
     */
    JsonFields fields() throws MalformedRecord;

    /** The line on which that record begins; the first is 1. */
    long line();

    @Override
    void close() throws IOException;
}
