package io.github.tandemfetch.verify;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.history.EventTable.ParsedEvent;
import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.pipeline.EventParser;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.EventHeader;
import io.github.tandemfetch.pump.EventHeaderReader;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.ReadAhead;
import io.github.tandemfetch.verify.StoredEvents.Extent;
import io.github.tandemfetch.verify.StoredEvents.Pair;
import io.github.tandemfetch.verify.StoredEvents.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Parses every raw event once more, with the parser of the second stage, and compares; two threads, a batch at a time. */
final class EventVerification {
    private static final int ROWS_READ_AT_ONCE = 4_000;
    private static final int ROWS_IN_A_BATCH = 40_000;
    private static final int THREADS = 2;

    private final Database database;
    private final EventParser parser;
    private final EventHeaderReader headers = new EventHeaderReader();
    private final int limit;

    EventVerification(Database database, PumpClocks clocks, int limit) {
        this.database = database;
        this.parser = new EventParser(EventCatalog.load(), clocks);
        this.limit = limit;
    }

    /**
     * What was found.
     *
     * @param raw raw events that contradict their own columns
     * @param unparsed raw events without an event
     * @param events events that are not what their raw events parse to
     */
    record Outcome(Findings raw, Findings unparsed, Findings events) {
        static final Outcome NONE = new Outcome(Findings.NONE, Findings.NONE, Findings.NONE);

        Outcome and(Outcome others, int limit) {
            return new Outcome(
                    raw.and(others.raw, limit), unparsed.and(others.unparsed, limit), events.and(others.events, limit));
        }
    }

    Outcome verify(LongConsumer done) {
        Extent extent = new StoredEvents(database).extent();
        List<Database> sessions = new ArrayList<>();
        List<ReadAhead<Outcome>> makers = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                Database session = database.anotherSession();
                sessions.add(session);
                makers.add(new ReadAhead<>("verify", 1, new Batches(new StoredEvents(session), extent, i)));
            }
            return together(makers, done);
        } finally {
            makers.forEach(ReadAhead::close);
            sessions.forEach(Database::close);
        }
    }

    private Outcome together(List<ReadAhead<Outcome>> makers, LongConsumer done) {
        Outcome all = Outcome.NONE;
        int turn = 0;
        // The first maker without a batch is past the last of them.
        for (Optional<Outcome> next = makers.get(0).next();
                next.isPresent();
                next = makers.get(turn % makers.size()).next()) {
            all = all.and(next.get(), limit);
            done.accept(all.raw().looked());
            turn++;
        }
        return all;
    }

    /** Looks at every so-manieth batch of raw events. */
    private final class Batches implements Supplier<Optional<Outcome>> {
        private final StoredEvents stored;
        private final Extent extent;
        private long firstId;

        Batches(StoredEvents stored, Extent extent, int first) {
            this.stored = stored;
            this.extent = extent;
            this.firstId = extent.firstId() + (long) first * ROWS_IN_A_BATCH;
        }

        @Override
        public Optional<Outcome> get() {
            if (extent.count() == 0 || firstId > extent.lastId()) {
                return Optional.empty();
            }
            Comparison comparison = new Comparison();
            long lastId = Math.min(extent.lastId(), firstId + ROWS_IN_A_BATCH - 1);
            for (long id = firstId; id <= lastId; id += ROWS_READ_AT_ONCE) {
                stored.between(id, Math.min(lastId, id + ROWS_READ_AT_ONCE - 1)).forEach(comparison::compare);
            }
            firstId += (long) THREADS * ROWS_IN_A_BATCH;
            return Optional.of(comparison.outcome());
        }
    }

    /** Compares the pairs of a batch. */
    private final class Comparison {
        private final Findings.Collector raw = new Findings.Collector(limit);
        private final Findings.Collector unparsed = new Findings.Collector(limit);
        private final Findings.Collector events = new Findings.Collector(limit);

        Outcome outcome() {
            return new Outcome(raw.findings(), unparsed.findings(), events.findings());
        }

        void compare(Pair pair) {
            RawEvent event = pair.raw();
            raw.looked(1);
            unparsed.looked(1);
            Optional<String> contradiction = contradiction(event);
            contradiction.ifPresent(what -> raw.found(name(event) + ": " + what));
            if (pair.event() == null) {
                unparsed.found(name(event) + " has no event");
                return;
            }
            events.looked(1);
            if (contradiction.isEmpty()) {
                difference(event, pair.event())
                        .ifPresent(what ->
                                events.found("event " + pair.event().id() + " of " + name(event) + ": " + what));
            }
        }

        private Optional<String> contradiction(RawEvent event) {
            EventHeader header;
            try {
                header = headers.read(event.json());
            } catch (IllegalArgumentException e) {
                return Optional.of("its JSON is " + e.getMessage());
            }
            if (!Objects.equals(header.sequenceGroup(), event.sequenceGroup())
                    || !Objects.equals(header.sequenceNumber(), event.sequenceNumber())) {
                return Optional.of("its JSON has another sequence group or number");
            }
            if (!Objects.equals(header.eventCode(), (long) event.eventCode())) {
                return Optional.of("its JSON has another event code");
            }
            boolean sameStamp = header.pumpTimestamp() == null
                    ? event.pumpTimestamp() == null
                    : header.pumpTimestamp().truncatedTo(ChronoUnit.MICROS).equals(event.pumpTimestamp());
            return sameStamp ? Optional.empty() : Optional.of("its JSON has another pump time");
        }

        private Optional<String> difference(RawEvent event, StoredEvent stored) {
            ParsedEvent parsed;
            try {
                parsed = parser.parse(event);
            } catch (IllegalArgumentException e) {
                return Optional.of("the raw event is " + e.getMessage());
            }
            if (!stored.sameOrigin()) {
                return Optional.of("pump, position, code or pump time are not those of the raw event");
            }
            if (!parsed.eventName().equals(stored.eventName())) {
                return Optional.of("is called " + stored.eventName() + ", should be " + parsed.eventName());
            }
            Instant utc = parsed.timestamp() == null ? null : parsed.timestamp().truncatedTo(ChronoUnit.MICROS);
            if (!Objects.equals(utc, stored.timestamp()) || !parsed.timeBasis().equals(stored.timeBasis())) {
                return Optional.of("its time is " + stored.timestamp() + " by " + stored.timeBasis() + ", should be "
                        + utc + " by " + parsed.timeBasis());
            }
            if (!stored.sameTime()) {
                return Optional.of("the raw event has another UTC time");
            }
            return Arrays.equals(parsed.eventData(), stored.eventData())
                    ? Optional.empty()
                    : Optional.of("its event_data is not what the raw event says");
        }
    }

    private static String name(RawEvent raw) {
        return "raw event %d (pump %s, %d/%d)"
                .formatted(raw.id(), raw.pumpSerial(), raw.sequenceGroup(), raw.sequenceNumber());
    }
}
