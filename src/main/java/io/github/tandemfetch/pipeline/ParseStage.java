package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DerivedTables;
import io.github.tandemfetch.store.EventStaging;
import io.github.tandemfetch.store.EventTable;
import io.github.tandemfetch.store.EventTable.ParsedEvent;
import io.github.tandemfetch.store.RawEventTable.RawEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stage 2: an event for every raw event that has none. One transaction a batch; running it again does what is left. */
final class ParseStage {
    private static final int ROWS_READ_AT_ONCE = 4_000;

    // Where a transaction fills one of the engine's row groups, the engine writes it once, and not to its log first.
    private static final long ROWS_IN_A_TRANSACTION = 122_880;

    // Parsing takes three times as long as storing; a third thread would only wait on two cores.
    private static final int PARSING_THREADS = 2;

    private final Database database;
    private final EventCatalog catalog;
    private final ClockStage clockStage;
    private final Clock clock;
    private final PipelineListener listener;

    ParseStage(Database database, EventCatalog catalog, ClockStage clockStage, Clock clock, PipelineListener listener) {
        this.database = database;
        this.catalog = catalog;
        this.clockStage = clockStage;
        this.clock = clock;
        this.listener = listener;
    }

    ParseReport parse() {
        PumpClocks clocks = clockStage.update(listener::notice);
        EventTable.Pending pending = new EventTable(database).pending();
        int makers = (int) Math.min(PARSING_THREADS, 1 + pending.idSpan() / ROWS_IN_A_TRANSACTION);
        try (ParallelParsing parsing = new ParallelParsing(clocks, pending, makers)) {
            return store(parsing, pending.count());
        }
    }

    private ParseReport store(ParallelParsing parsing, long total) {
        EventTable events = new EventTable(database);
        Checkpoints checkpoints = new Checkpoints(database);
        long parsed = 0;
        long unknownCodes = 0;
        long withoutTime = 0;
        for (Optional<ParsedBatch> next = parsing.next(); next.isPresent(); next = parsing.next()) {
            ParsedBatch batch = next.get();
            database.transaction(connection -> {
                events.insert(batch.staging());
                return null;
            });
            events.drop(batch.staging());
            checkpoints.stored(batch.staging().size());
            parsed += batch.staging().size();
            unknownCodes += batch.unknownCodes();
            withoutTime += batch.withoutTime();
            listener.parsed(parsed, total);
        }
        return new ParseReport(total, unknownCodes, withoutTime, events.count());
    }

    /**
     * Events that will be stored in one transaction.
     *
     * @param staging the events
     * @param unknownCodes how many of them have a code that the catalogue does not know
     * @param withoutTime how many of them carry no readable time
     */
    private record ParsedBatch(EventStaging staging, long unknownCodes, long withoutTime) {}

    /** Parses the raw events that have no event yet: several threads, each a batch of its own, handed on in turn. */
    private final class ParallelParsing implements AutoCloseable {
        private final List<Database> sessions = new ArrayList<>();
        private final List<ReadAhead<ParsedBatch>> makers = new ArrayList<>();
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

        /** The next batch in the order of the raw events' ids; the first maker without one is past the last of them. */
        Optional<ParsedBatch> next() {
            Optional<ParsedBatch> batch = makers.get(turn).next();
            turn = (turn + 1) % makers.size();
            return batch;
        }

        @Override
        public void close() {
            makers.forEach(ReadAhead::close);
            sessions.forEach(Database::close);
        }
    }

    /** Parses every so-manieth batch of the raw events that have no event yet. */
    private final class PendingBatches implements Supplier<Optional<ParsedBatch>> {
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
        public Optional<ParsedBatch> get() {
            long firstId = pending.firstId() + batch * ROWS_IN_A_TRANSACTION;
            batch += stride;
            if (pending.count() == 0 || firstId > pending.lastId()) {
                return Optional.empty();
            }
            return Optional.of(parse(firstId, Math.min(pending.lastId(), firstId + ROWS_IN_A_TRANSACTION - 1)));
        }

        private ParsedBatch parse(long firstId, long lastId) {
            long unknownCodes = 0;
            long withoutTime = 0;
            EventStaging staging = events.stage();
            try (staging) {
                for (long id = firstId; id <= lastId; id += ROWS_READ_AT_ONCE) {
                    for (RawEvent raw : events.pendingBetween(id, Math.min(lastId, id + ROWS_READ_AT_ONCE - 1))) {
                        ParsedEvent event = parser.parse(raw);
                        staging.add(event, clock.instant());
                        unknownCodes += catalog.definition(raw.eventCode()).isEmpty() ? 1 : 0;
                        withoutTime += event.timestamp() == null ? 1 : 0;
                    }
                }
            }
            return new ParsedBatch(staging, unknownCodes, withoutTime);
        }
    }

    /** Empties the derived tables; the next parse fills them anew and gives raw events the times of today's zone. */
    void startOver() {
        new DerivedTables(database).clear();
    }
}
