package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.DerivedTables;
import io.github.tandemfetch.history.EventAppender;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.history.EventTable.ParsedEvent;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.HeapMemory;
import io.github.tandemfetch.store.ReadAhead;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stage 2: an event for every raw event that has none. One transaction a batch; running it again does what is left. */
public final class ParseStage {
    private static final int ROWS_READ_AT_ONCE = 8_192;

    // Where a transaction fills one of the engine's row groups, the engine writes it once, and not to its log first.
    private static final long ROWS_IN_A_TRANSACTION = 122_880;

    // Parsing takes a little longer than storing; two threads keep the one that stores at work.
    private static final int PARSING_THREADS = 2;

    // Two threads make garbage so quickly that the virtual machine's heap grows to twice this.
    private static final int MOST_HEAP_MEGABYTES = 240;

    private final Database database;
    private final EventCatalog catalog;
    private final ClockStage clockStage;
    private final DerivedTables derived;
    private final Clock clock;
    private final PipelineListener listener;
    private final HeapMemory heap = new HeapMemory(MOST_HEAP_MEGABYTES);

    /**
     * Works on an open database.
     *
     * @param catalog names the events
     * @param clockStage finds the times
     * @param derived what is dropped where raw events were replaced
     * @param clock tells when rows are written
     */
    public ParseStage(
            Database database,
            EventCatalog catalog,
            ClockStage clockStage,
            DerivedTables derived,
            Clock clock,
            PipelineListener listener) {
        this.derived = derived;
        this.database = database;
        this.catalog = catalog;
        this.clockStage = clockStage;
        this.clock = clock;
        this.listener = listener;
    }

    public ParseReport parse() {
        derived.dropReplaced();
        PumpClocks clocks = clockStage.update(listener::notice);
        EventTable events = new EventTable(database);
        EventTable.Pending pending = events.pending();
        if (pending.count() == 0) {
            return new ParseReport(0, 0, 0, events.count());
        }
        int makers = (int) Math.min(PARSING_THREADS, 1 + pending.idSpan() / ROWS_IN_A_TRANSACTION);
        try (ParallelParsing parsing = new ParallelParsing(clocks, pending, makers)) {
            return store(events, parsing, pending.count());
        }
    }

    private ParseReport store(EventTable events, ParallelParsing parsing, long total) {
        Checkpoints checkpoints = new Checkpoints(database);
        long parsed = 0;
        long unknownCodes = 0;
        long withoutTime = 0;
        for (Stored stored = storeSome(events, parsing); stored.events() > 0; stored = storeSome(events, parsing)) {
            checkpoints.stored(stored.events());
            parsed += stored.events();
            unknownCodes += stored.unknownCodes();
            withoutTime += stored.withoutTime();
            listener.parsed(parsed, total);
        }
        return new ParseReport(total, unknownCodes, withoutTime, events.count());
    }

    /**
     * What one transaction has stored.
     *
     * @param events how many events; 0 where all are stored
     * @param unknownCodes how many of them have a code that the catalog does not know
     * @param withoutTime how many of them carry no readable time
     */
    private record Stored(long events, long unknownCodes, long withoutTime) {}

    private Stored storeSome(EventTable events, ParallelParsing parsing) {
        Optional<List<ParsedEvent>> first = parsing.next();
        if (first.isEmpty()) {
            return new Stored(0, 0, 0);
        }
        return database.transaction(connection -> {
            long unknownCodes = 0;
            long withoutTime = 0;
            Instant created = clock.instant();
            try (EventAppender appender = events.appender()) {
                Optional<List<ParsedEvent>> next = first;
                while (next.isPresent()) {
                    for (ParsedEvent event : next.get()) {
                        appender.add(event, created);
                        unknownCodes += catalog.definition(event.eventCode()).isEmpty() ? 1 : 0;
                        withoutTime += event.timestamp() == null ? 1 : 0;
                    }
                    heap.noteRead(next.get().size());
                    next = appender.size() + ROWS_READ_AT_ONCE > ROWS_IN_A_TRANSACTION
                            ? Optional.empty()
                            : parsing.next();
                }
                appender.finish();
                return new Stored(appender.size(), unknownCodes, withoutTime);
            }
        });
    }

    /** Parses the raw events that have no event yet: several threads, each a batch of its own, handed on in turn. */
    private final class ParallelParsing implements AutoCloseable {
        private final List<Database> sessions = new ArrayList<>();
        private final List<ReadAhead<List<ParsedEvent>>> makers = new ArrayList<>();
        private int turn;

        ParallelParsing(PumpClocks clocks, EventTable.Pending pending, int threads) {
            EventParser parser = new EventParser(catalog, clocks);
            try {
                for (int i = 0; i < threads; i++) {
                    Database session = database.anotherSession();
                    sessions.add(session);
                    makers.add(new ReadAhead<>(
                            "parse", 0, new PendingBatches(parser, new EventTable(session), pending, i, threads)));
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /** The next batch with an event, in the order of the raw events' ids; empty at the end. */
        Optional<List<ParsedEvent>> next() {
            Optional<List<ParsedEvent>> batch;
            do {
                // The first maker without a batch is past the last of them.
                batch = makers.get(turn).next();
                turn = (turn + 1) % makers.size();
            } while (batch.isPresent() && batch.get().isEmpty());
            return batch;
        }

        @Override
        public void close() {
            makers.forEach(ReadAhead::close);
            sessions.forEach(Database::close);
        }
    }

    /** Parses every so-manieth batch of the raw events that have no event yet. */
    private static final class PendingBatches implements Supplier<Optional<List<ParsedEvent>>> {
        private final EventParser parser;
        private final EventTable events;
        private final EventTable.Pending pending;
        private final int stride;
        private long batch;

        PendingBatches(EventParser parser, EventTable events, EventTable.Pending pending, int first, int stride) {
            this.parser = parser;
            this.events = events;
            this.pending = pending;
            this.batch = first;
            this.stride = stride;
        }

        @Override
        public Optional<List<ParsedEvent>> get() {
            long firstId = pending.firstId() + batch * ROWS_READ_AT_ONCE;
            batch += stride;
            if (pending.count() == 0 || firstId > pending.lastId()) {
                return Optional.empty();
            }
            long lastId = Math.min(pending.lastId(), firstId + ROWS_READ_AT_ONCE - 1);
            List<ParsedEvent> parsed = new ArrayList<>(ROWS_READ_AT_ONCE);
            events.forEachPending(firstId, lastId, raw -> parsed.add(parser.parse(raw)));
            // Nearly always they are in this order, which the engine would find out only after it has copied them.
            parsed.sort(Comparator.comparingLong(ParsedEvent::rawEventsId));
            return Optional.of(parsed);
        }
    }

    /** Empties the derived tables; the next parse fills them anew and gives raw events the times of today's zone. */
    void startOver() {
        derived.clear();
    }
}
