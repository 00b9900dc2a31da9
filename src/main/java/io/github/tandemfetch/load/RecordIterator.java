package io.github.tandemfetch.load;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.load.engine.InvalidRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** Iterates over the records of an input. An invalid record stops the load or is skipped. */
final class RecordIterator<R> implements Iterator<R> {
    private static final int MOST_KEPT = 20;

    private final RecordReader reader;
    private final RecordParser<R> parser;
    private final Consumer<R> check;
    private final boolean skips;
    private final List<SkippedRecord> firstSkipped = new ArrayList<>();
    private final String source;
    private R next;
    private MalformedRecordException malformed;
    private boolean reached;
    private long line;
    private long read;
    private long skipped;

    /**
     * Creates an iterator.
     *
     * @param check throws {@link InvalidRecordException} for a record that cannot be stored
     * @param source the name of the input in messages
     */
    RecordIterator(
            RecordReader reader,
            RecordParser<R> parser,
            Consumer<R> check,
            InvalidRecordPolicy onError,
            String source) {
        this.reader = reader;
        this.parser = parser;
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
        line = reader.line();
        if (malformed != null) {
            throw new InvalidRecordException(read - 1, malformed.field(), malformed.problem());
        }
        return next;
    }

    private boolean advance() {
        try {
            boolean advanced = reader.advance();
            read += advanced ? 1 : 0;
            return advanced;
        } catch (IOException e) {
            throw sourceNotReadable(source, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether there is a result to return: a record or a failure. */
    private boolean parse() {
        try {
            malformed = null;
            next = parser.parse(reader.fields());
            if (skips) {
                check.accept(next);
            }
            return true;
        } catch (MalformedRecordException e) {
            malformed = e;
            if (skips) {
                skip(e.field(), e.problem());
            }
        } catch (InvalidRecordException e) {
            skip(e.field(), e.problem());
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

    long skipped() {
        return skipped;
    }

    /** At most twenty skipped records, in input order. */
    List<SkippedRecord> firstSkipped() {
        return List.copyOf(firstSkipped);
    }

    private void skip(String field, String problem) {
        skipped++;
        if (firstSkipped.size() < MOST_KEPT) {
            firstSkipped.add(new SkippedRecord(reader.line(), field, problem));
        }
    }

    static DatabaseException sourceNotReadable(String source, String problem, Throwable cause) {
        return new DatabaseException(
                "SOURCE_NOT_READABLE",
                source + " cannot be read: " + problem + ".",
                "Name a file of JSON Lines, JSON or CSV in UTF-8, plain or gzip, or - for standard input. Nothing was stored.",
                ExitStatus.INVALID_USAGE,
                cause,
                Map.of("source", source));
    }
}
