package io.github.tandemfetch.simulator;

import java.util.ArrayList;
import java.util.List;

/** Every answered request, in the order of the responses' first bytes. Thread-safe. */
public final class RequestLog {
    private final List<RecordedRequest> seen = new ArrayList<>();

    RequestLog() {}

    synchronized void add(RecordedRequest request) {
        seen.add(request);
    }

    public synchronized List<RecordedRequest> all() {
        return List.copyOf(seen);
    }

    public synchronized List<RecordedRequest> of(RequestKind kind) {
        return seen.stream().filter(request -> request.kind() == kind).toList();
    }

    public int count(RequestKind kind) {
        return of(kind).size();
    }

    public int count(RequestKind kind, int status) {
        return (int)
                of(kind).stream().filter(request -> request.status() == status).count();
    }

    public synchronized void clear() {
        seen.clear();
    }
}
