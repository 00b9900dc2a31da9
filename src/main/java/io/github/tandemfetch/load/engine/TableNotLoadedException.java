package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** There is a table of that name, but it is not one that was loaded. */
public final class TableNotLoadedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    TableNotLoadedException(String table) {
        super(
                "TABLE_NOT_LOADED",
                PumpTable.isNamed(table)
                        ? "The table '" + table + "' holds pump data: it was not loaded, and is never dropped."
                        : "The table '" + table + "' was not loaded with tandem and is left alone.",
                PumpTable.isNamed(table)
                        ? "To make the tables behind raw_events anew, run 'tandem parse --rebuild'."
                        : "'tandem tables' shows the loaded tables.",
                ExitStatus.INVALID_USAGE,
                null);
        this.table = table;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
