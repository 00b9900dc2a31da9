package io.github.tandemfetch.clock;

import java.util.List;

/**
 * All that a pump's log says about its clock; small, however long the log is.
 *
 * @param spans the ends of each sequence group, in the order of the groups
 * @param changes every known clock change, once, in sequence order
 * @param steps every {@linkplain LogStep#isNotable() notable} step within a group, in sequence order; events without a
 *     readable stamp are left out, clock changes never are
 */
public record ClockEvidence(List<LogSpan> spans, List<ClockChange> changes, List<LogStep> steps) {

    public ClockEvidence {
        spans = List.copyOf(spans);
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
    }
}
