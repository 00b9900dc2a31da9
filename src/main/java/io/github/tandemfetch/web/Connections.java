package io.github.tandemfetch.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The connections there are, no more than a bound. A client that keeps the server waiting for a request, or for the rest
 * of one, has only some seconds for that; one that downloads may be as slow as it likes, and pause for minutes. Where
 * there are too many connections, the one that has kept the server waiting for the longest is closed; only where there
 * is none of that kind, the download without progress for the longest, if that is longer than some seconds; else the
 * new connection. Any thread may call it.
 *
 * @param <C> what a connection is told by
 */
final class Connections<C> {
    private static final long STALLED_NANOS = Duration.ofSeconds(30).toNanos();

    private final int most;
    private final LongSupplier nanos;
    private final Map<C, Open> open = new HashMap<>();

    // The one that has waited for the longest comes first.
    private final Map<C, Wait> waiting = new LinkedHashMap<>();

    // The one without progress for the longest comes first.
    private final Map<C, Download> downloads = new LinkedHashMap<>();

    private static final class Open {
        private final Runnable close;
        private long turn;
        private boolean leaving;

        private Open(Runnable close) {
            this.close = close;
        }
    }

    private record Wait(long deadline, Runnable overdue) {}

    private record Download(long progress, long deadline) {}

    /**
     * Creates the bound; there is no connection yet.
     *
     * @param most how many connections there may be
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    Connections(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /**
     * There is a new connection. Where that is one too many, this or another one is closed.
     *
     * @param connection the connection
     * @param close closes it; returns at once
     */
    void opened(C connection, Runnable close) {
        Runnable superfluous = null;
        synchronized (this) {
            open.put(connection, new Open(close));
            if (open.size() > most) {
                C given = leastNeeded(connection);
                superfluous = open.get(given).close;
                closed(given);
            }
        }
        if (superfluous != null) {
            superfluous.run();
        }
    }

    private C leastNeeded(C connection) {
        if (!waiting.isEmpty()) {
            return waiting.keySet().iterator().next();
        }
        return downloads.entrySet().stream()
                .limit(1)
                .filter(download -> nanos.getAsLong() - download.getValue().progress() >= STALLED_NANOS)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(connection);
    }

    /**
     * A part of a download has gone out over a connection, or is about to.
     *
     * @param connection the connection
     * @param patience how long it may take until the next part has
     */
    synchronized void progress(C connection, Duration patience) {
        downloads.remove(connection);
        if (open.containsKey(connection)) {
            long now = nanos.getAsLong();
            downloads.put(connection, new Download(now, now + patience.toNanos()));
        }
    }

    /** Whether requests that come over a connection are answered: it is neither closed nor told to go. */
    synchronized boolean serves(C connection) {
        Open known = open.get(connection);
        return known != null && !known.leaving;
    }

    /**
     * From now on the server waits for the client to send something.
     *
     * @param connection the connection
     * @param patience how long
     * @param overdue is run when the time is over; returns at once
     */
    synchronized void await(C connection, Duration patience, Runnable overdue) {
        Open known = open.get(connection);
        waiting.remove(connection);
        downloads.remove(connection);
        if (known != null) {
            known.turn++;
            waiting.put(connection, new Wait(nanos.getAsLong() + patience.toNanos(), overdue));
        }
    }

    /**
     * From now on the client waits for the server.
     *
     * @param connection the connection
     * @return the number of this turn, for {@link #awaitNext}
     */
    synchronized long serve(C connection) {
        Open known = open.get(connection);
        waiting.remove(connection);
        downloads.remove(connection);
        return known == null ? 0 : ++known.turn;
    }

    /**
     * From now on the server waits for the next request, unless that has come already.
     *
     * @param connection the connection
     * @param turn the number that {@link #serve} gave for the last one
     * @param patience how long
     */
    synchronized void awaitNext(C connection, long turn, Duration patience) {
        Open known = open.get(connection);
        if (known != null && known.turn == turn && !known.leaving) {
            await(connection, patience, known.close);
        }
    }

    /**
     * Answers nothing more over a connection, and closes it if the client does not.
     *
     * @param connection the connection
     * @param patience how long the client may take
     */
    synchronized void leave(C connection, Duration patience) {
        Open known = open.get(connection);
        if (known != null) {
            known.leaving = true;
            await(connection, patience, known.close);
        }
    }

    /** The connection is no more. */
    synchronized void closed(C connection) {
        open.remove(connection);
        waiting.remove(connection);
        downloads.remove(connection);
    }

    /** Ends all waits whose time is over. */
    void endOverdue() {
        List<Runnable> ends = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            waiting.values().removeIf(wait -> {
                boolean over = wait.deadline() - now <= 0;
                if (over) {
                    ends.add(wait.overdue());
                }
                return over;
            });
            downloads.entrySet().removeIf(download -> {
                boolean over = download.getValue().deadline() - now <= 0;
                if (over) {
                    ends.add(open.get(download.getKey()).close);
                }
                return over;
            });
        }
        ends.forEach(Runnable::run);
    }
}
