package io.github.tandemfetch.load;

import io.github.tandemfetch.load.engine.InvalidRecordException;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** Iterates over the records of an input. An invalid record stops the load or is skipped. */
final class RecordIterator<R> implements Iterator<R> {
    private final RecordReader texts;
    private final RecordParser<R> form;
    private final Consumer<R> check;
    private final boolean skips;
    private final SkippedRecords skipped = new SkippedRecords();
    private final String source;
    private R next;
    private MalformedRecord malformed;
    private boolean reached;
    private long line;
    private long read;

    /**
     * Reads an input.
     *
     * @param check throws {@link InvalidRecordException} for a record that cannot be stored
     * @param onError what becomes of invalid ones
     * @param source what the input is called in messages
     */
    RecordIterator(
            RecordReader texts, RecordParser<R> form, Consumer<R> check, InvalidRecordPolicy onError, String source) {
        this.texts = texts;
        this.form = form;
        this.check = check;
        this.skips = onError == InvalidRecordPolicy.SKIP;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        while (!reached && advance()) {
            reached = parse();
        }
        return reached;
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        reached = false;
        line = texts.line();
        if (malformed != null) {
            throw new InvalidRecordException(read - 1, malformed.field(), malformed.problem());
        }
        return next;
    }

    private boolean advance() {
        try {
            boolean advanced = texts.advance();
            read += advanced ? 1 : 0;
            return advanced;
        } catch (IOException e) {
            throw new SourceNotReadableException(source, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether there is a result to return: a record or a failure. */
    private boolean parse() {
        try {
            malformed = null;
            next = form.record(texts.fields());
            if (skips) {
                check.accept(next);
            }
            return true;
        } catch (MalformedRecord e) {
            malformed = e;
            if (skips) {
                skipped.add(texts.line(), e.field(), e.problem());
            }
        } catch (InvalidRecordException e) {
            skipped.add(texts.line(), e.field(), e.problem());
        }
        return !skips;
    }

    /** The line of the last record returned, from 1. */
    long line() {
        return line;
    }

    /** Records read so far, including skipped ones. */
    long read() {
        return read;
    }

    SkippedRecords skipped() {
        return skipped;
    }
}
