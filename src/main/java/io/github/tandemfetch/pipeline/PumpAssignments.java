package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.source.Pump;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * By which assignments events may name a pump, and by which they name another one. Upper and lower case are the same.
 *
 * @param asked the assignment that is asked for
 * @param ofPump all assignments of the pump that are known
 * @param ofOthers all assignments of other pumps that are known
 */
record PumpAssignments(String asked, Set<String> ofPump, Set<String> ofOthers) {
    static PumpAssignments of(Pump pump, Collection<Pump> listed, Collection<AssignmentProgress> stored) {
        Set<String> ofPump = new HashSet<>(Set.of(folded(pump.assignmentId())));
        Set<String> ofOthers = new HashSet<>();
        listed.forEach(other -> (other.serialNumber().equals(pump.serialNumber()) ? ofPump : ofOthers)
                .add(folded(other.assignmentId())));
        stored.forEach(other -> (other.pumpSerial().equals(pump.serialNumber()) ? ofPump : ofOthers)
                .add(folded(other.deviceAssignmentId())));
        ofOthers.removeAll(ofPump);
        return new PumpAssignments(pump.assignmentId(), ofPump, ofOthers);
    }

    /** Whether an event may be of the pump; one that names no assignment may. */
    boolean isOfPump(String assignment) {
        return assignment == null || asked.equals(assignment) || ofPump.contains(folded(assignment));
    }

    boolean isOfOtherPump(String assignment) {
        return ofOthers.contains(folded(assignment));
    }

    private static String folded(String assignment) {
        return assignment.toLowerCase(Locale.ROOT);
    }
}
