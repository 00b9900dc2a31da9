package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.source.Pump;

/**
 * A fetch of one pump that is to be done.
 *
 * @param pump the pump, with the serial number under which it is stored
 * @param plan which windows there are to ask for
 * @param assignments by which assignments events may name it
 * @param before how far the assignment had been fetched when this fetch began; null before the first time
 */
record PlannedFetch(Pump pump, FetchPlan plan, PumpAssignments assignments, Progress before) {
    String serial() {
        return pump.serialNumber();
    }

    String assignment() {
        return pump.assignmentId();
    }

    /** Whether nothing of the assignment has been fetched yet. */
    boolean isFirst() {
        return before == null;
    }
}
