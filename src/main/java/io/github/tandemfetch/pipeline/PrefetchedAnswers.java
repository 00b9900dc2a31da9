package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.source.PumpLogSink;
import io.github.tandemfetch.source.Pumper;
import io.github.tandemfetch.source.ReceivedEvent;
import io.github.tandemfetch.source.RejectedEvent;
import io.github.tandemfetch.source.Session;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.TandemSourceClient;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each answer that was fetched before it was needed once, and asks the service for all others: so that the
 * database need not be open while the network is waited for. Holds no more than a bound; an answer past it is fetched
 * when it is needed.
 */
final class PrefetchedAnswers implements TandemSourceClient {
    private static final long MOST_CHARACTERS = 48L * 1024 * 1024;
    private static final int CHARACTERS_OF_AN_OBJECT = 100;

    private final TandemSourceClient client;
    private final Map<Question, Collector> answers = new HashMap<>();
    private long held;

    /** What is asked for. */
    private record Question(String assignmentId, LocalDate firstDay, LocalDate lastDay) {}

    /** An answer that there is no room for. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super(null, null, false, false);
        }
    }

    PrefetchedAnswers(TandemSourceClient client) {
        this.client = client;
    }

    /** Fetches an answer, to be given later; false where there is no room for it, or its window is too long. */
    boolean prefetch(String assignmentId, FetchWindow window) {
        Collector collector = new Collector();
        try {
            client.pumpLogs(assignmentId, window.first(), window.last(), collector);
        } catch (TooMuch noRoom) {
            return false;
        } catch (SourceException failure) {
            if (WindowQueue.isOfLength(failure)) {
                // The fetch stage halves the window.
                return false;
            }
            throw failure;
        }
        held += collector.characters;
        answers.put(new Question(assignmentId, window.first(), window.last()), collector);
        return true;
    }

    @Override
    public void pumpLogs(String assignmentId, LocalDate firstDay, LocalDate lastDay, PumpLogSink sink) {
        Collector answer = answers.remove(new Question(assignmentId, firstDay, lastDay));
        if (answer == null) {
            client.pumpLogs(assignmentId, firstDay, lastDay, sink);
        } else {
            held -= answer.characters;
            sink.restart();
            answer.events.forEach(sink::accept);
            if (answer.lacksClockChanges) {
                sink.lacksClockChanges();
            }
        }
    }

    @Override
    public Pumper pumper() {
        return client.pumper();
    }

    @Override
    public Session session() {
        return client.session();
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Collector implements PumpLogSink {
        private final List<ReceivedEvent> events = new ArrayList<>();
        private long characters;
        private boolean lacksClockChanges;

        @Override
        public void restart() {
            events.clear();
            characters = 0;
            lacksClockChanges = false;
        }

        /** Rare, and asked for again when it is needed. */
        @Override
        public void reject(RejectedEvent event) {
            throw new TooMuch();
        }

        @Override
        public void lacksClockChanges() {
            lacksClockChanges = true;
        }

        @Override
        public void accept(ReceivedEvent event) {
            characters += event.json().length() + CHARACTERS_OF_AN_OBJECT;
            if (held + characters > MOST_CHARACTERS) {
                throw new TooMuch();
            }
            events.add(event);
        }
    }
}
