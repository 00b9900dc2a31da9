package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says under which serial number each listed pump is stored. What is stored counts: an answer that leaves a serial number
 * out, or has another, must not have the history stored a second time.
 */
final class PumpIdentities {
    private final Database database;
    private final PipelineListener listener;

    PumpIdentities(Database database, PipelineListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** The pumps with the serial numbers under which they are, or will be, stored. */
    List<Pump> of(List<Pump> pumps) {
        Map<String, String> known = known();
        return pumps.stream().map(pump -> of(pump, known)).toList();
    }

    private Pump of(Pump pump, Map<String, String> known) {
        String listed = pump.serialNumber();
        Optional<String> stored = Optional.ofNullable(known.get(pump.assignmentId()))
                .or(() -> new RawEventTable(database).pumpSerialOf(pump.assignmentId()));
        if (stored.isPresent() && !stored.get().equals(listed)) {
            listener.notice("Pump " + stored.get() + ": Tandem Source "
                    + (pump.hasSerialNumber() ? "lists it as " + listed : "does not say its serial number")
                    + " now; its events stay stored under " + stored.get() + ".");
            return pump.withSerialNumber(stored.get());
        }
        if (stored.isEmpty() && !pump.hasSerialNumber() && pump.hasData()) {
            listener.notice("Tandem Source does not say the serial number of a pump; its events are stored under its"
                    + " assignment, " + listed + ".");
        }
        return pump;
    }

    private Map<String, String> known() {
        Map<String, String> known = new HashMap<>();
        for (AssignmentProgress assignment : new FetchProgressTable(database).all()) {
            String id = assignment.deviceAssignmentId();
            known.merge(id, assignment.pumpSerial(), (one, other) -> one.equals(id) ? other : one);
        }
        return known;
    }
}
