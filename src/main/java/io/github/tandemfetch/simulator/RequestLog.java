package io.github.tandemfetch.simulator;

import java.util.ArrayList;
import java.util.List;

/** Every request the simulator has answered, in the order of the answers' first bytes. Safe for several threads. */
public final class RequestLog {
    private final List<SeenRequest> seen = new ArrayList<>();

    RequestLog() {}

    synchronized void add(SeenRequest request) {
        seen.add(request);
    }

    /**
     * All requests so far.
     *
     * @return a copy
     */
    public synchronized List<SeenRequest> all() {
        return List.copyOf(seen);
    }

    /**
     * The requests of a kind.
     *
     * @param kind which call of the protocol
     * @return a copy, in order
     */
    public synchronized List<SeenRequest> of(RequestKind kind) {
        return seen.stream().filter(request -> request.kind() == kind).toList();
    }

    /**
     * How many requests of a kind there were.
     *
     * @param kind which call of the protocol
     * @return the count
     */
    public int count(RequestKind kind) {
        return of(kind).size();
    }

    /**
     * How many requests of a kind were answered with a status.
     *
     * @param kind which call of the protocol
     * @param status the HTTP status
     * @return the count
     */
    public int count(RequestKind kind, int status) {
        return (int)
                of(kind).stream().filter(request -> request.status() == status).count();
    }

    /** Forgets them all. */
    public synchronized void clear() {
        seen.clear();
    }
}
