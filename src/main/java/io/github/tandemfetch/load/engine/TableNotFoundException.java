package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import java.util.Collection;
import java.util.Map;

/** There is no table of that name. */
public final class TableNotFoundException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    /**
     * Creates the failure.
     *
     * @param table the name that was asked for
     * @param known the names that there are
     */
    public TableNotFoundException(String table, Collection<String> known) {
        super(
                "TABLE_NOT_FOUND",
                "There is no table '" + table + "'.",
                known.isEmpty() ? "There are none yet: 'tandem load' makes one." : NearestName.advice(table, known),
                ExitStatus.TABLE_NOT_FOUND,
                null);
        this.table = table;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
