package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A pump's log, of which each of its assignments has a part. */
final class PumpLog {
    private final Map<String, Optional<FetchPlan>> plans = new HashMap<>();
    private final Set<SequencePosition> seen = ConcurrentHashMap.newKeySet();

    /** Notes what an assignment has of the log; empty where it was never uploaded. */
    void offers(String assignmentId, Optional<FetchPlan> plan) {
        plans.put(assignmentId, plan);
    }

    /** Whether another assignment is the one to ask for a day. */
    boolean isOfferedBesides(String assignmentId, LocalDate day) {
        return plans.entrySet().stream()
                .filter(plan -> !plan.getKey().equals(assignmentId))
                .flatMap(plan -> plan.getValue().stream())
                .anyMatch(plan -> plan.offers(day));
    }

    /** Notes events, of those beside gaps, that some answer had; any thread may. */
    void seen(Set<SequencePosition> positions) {
        seen.addAll(positions);
    }

    boolean isSeen(SequencePosition position) {
        return seen.contains(position);
    }
}
