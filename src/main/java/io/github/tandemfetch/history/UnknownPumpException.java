package io.github.tandemfetch.history;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import java.util.List;
import java.util.Map;

/** The database has no events of the pump that was selected. */
public final class UnknownPumpException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String serial;

    UnknownPumpException(String serial, List<String> known) {
        super(
                "UNKNOWN_PUMP",
                "The database has no pump '" + serial + "'.",
                known.isEmpty() ? "It has no pump yet: run 'tandem sync'." : advice(serial, known),
                ExitStatus.INVALID_USAGE,
                null);
        this.serial = serial;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("pump_serial", serial);
    }

    private static String advice(String serial, List<String> known) {
        return NearestName.of(serial, known)
                        .map(near -> "Did you mean '" + near + "'? ")
                        .orElse("") + "Pumps in the database: " + String.join(", ", known)
                + ". Change --pump or TANDEM_PUMP_SERIAL.";
    }
}
