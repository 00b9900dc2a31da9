package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Notes which of the stored pumps the service lists no more, and tells it once. */
final class ListedPumps {
    private final Database database;
    private final Clock clock;
    private final PipelineListener listener;

    ListedPumps(Database database, Clock clock, PipelineListener listener) {
        this.database = database;
        this.clock = clock;
        this.listener = listener;
    }

    /** Compares with all pumps of the account. One that is listed badly is listed. */
    void note(PumpList list) {
        List<Pump> pumps = list.pumps();
        Set<String> listed = pumps.stream().map(Pump::assignmentId).collect(Collectors.toSet());
        FetchProgressTable progress = new FetchProgressTable(database);
        List<AssignmentProgress> before = progress.all();
        Set<String> gone = new TreeSet<>();
        for (AssignmentProgress assignment : before) {
            boolean isListed =
                    listed.contains(assignment.deviceAssignmentId()) || list.mayHoldUnusable(assignment.pumpSerial());
            if (isListed != (assignment.unlistedSince() == null)) {
                progress.listed(assignment.deviceAssignmentId(), isListed ? null : clock.instant());
                if (!isListed) {
                    gone.add(assignment.pumpSerial());
                }
            }
        }
        pumps.forEach(pump -> gone.remove(pump.serialNumber()));
        before.stream()
                .filter(assignment -> listed.contains(assignment.deviceAssignmentId()))
                .forEach(assignment -> gone.remove(assignment.pumpSerial()));
        gone.forEach(serial -> listener.notice("Pump " + serial
                + " is not on the account any more; what is stored of it stays, and nothing new comes."));
    }
}
