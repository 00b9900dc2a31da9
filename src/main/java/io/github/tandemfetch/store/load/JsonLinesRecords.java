package io.github.tandemfetch.store.load;

import io.github.tandemfetch.store.engine.InvalidRecordException;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads a record from each line that is not blank.
 *
 * @param <R> the records
 */
final class JsonLinesRecords<R> implements Iterator<R> {
    private final LineReader lines;
    private final RecordForm<R> form;
    private final String source;
    private String next;
    private long nextLine;
    private long line;
    private long taken;

    JsonLinesRecords(LineReader lines, RecordForm<R> form, String source) {
        this.lines = lines;
        this.form = form;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = nextFilled();
            nextLine = lines.line();
        }
        return next != null;
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String text = next;
        next = null;
        line = nextLine;
        long index = taken++;
        try {
            return form.record(JsonFields.of(text));
        } catch (MalformedRecord e) {
            throw new InvalidRecordException(index, e.field(), e.problem());
        }
    }

    /** The line of the record that was taken last; the first is 1. */
    long line() {
        return line;
    }

    /** How many records were taken. */
    long taken() {
        return taken;
    }

    private String nextFilled() {
        try {
            String text = lines.next();
            while (text != null && text.isBlank()) {
                text = lines.next();
            }
            return text;
        } catch (IOException e) {
            throw new SourceNotReadableException(source, String.valueOf(e.getMessage()), e);
        }
    }
}
