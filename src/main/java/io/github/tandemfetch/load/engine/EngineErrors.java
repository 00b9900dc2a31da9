package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import java.util.Collection;
import java.util.Map;

/** The failures of the storage engine that nobody handles by their type. */
public final class EngineErrors {
    private EngineErrors() {}

    static DatabaseException closed() {
        return new DatabaseException("ENGINE_CLOSED", "The storage engine has been closed.", "Open another one.", null);
    }

    static DatabaseException readOnly() {
        return new DatabaseException(
                "READ_ONLY",
                "The database was opened read-only.",
                "Open it for writing to create, fill or drop tables.",
                null);
    }

    static DatabaseException invalidBatchSize(int batchSize) {
        return usage(
                "INVALID_BATCH_SIZE",
                "A batch cannot have " + batchSize + " records.",
                "Choose from " + BatchSize.SMALLEST + " to " + BatchSize.LARGEST + ".",
                Map.of("batch_size", batchSize));
    }

    /** Metadata that contradicts itself or its table. */
    static DatabaseException invalidMetadata(String message, String remedy) {
        return usage("INVALID_METADATA", message, remedy, Map.of());
    }

    static DatabaseException malformedTableName(String table, String problem) {
        return usage(
                "INVALID_TABLE_NAME",
                problem,
                "Use letters A to Z, digits and underscores, up to 255, and no underscore in front.",
                Map.of("table", String.valueOf(table)));
    }

    static DatabaseException nameOfPumpTable(String table) {
        return usage(
                "INVALID_TABLE_NAME",
                "'" + table + "' is a table of pump data: nothing is loaded into it.",
                "Choose another name for your table.",
                Map.of("table", table));
    }

    static DatabaseException statementFailed(String sql, Throwable cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown reason");
        return new DatabaseException(
                "QUERY_FAILED",
                "The statement failed: " + reason,
                "Correct the statement; see 'tandem tables' and 'tandem schema TABLE' for names.",
                ExitStatus.STORAGE_FAILURE,
                cause,
                Map.of("sql", sql));
    }

    static DatabaseException tableExists(String table) {
        return tableExists(table, "Append to it (--append), replace it (--replace), or choose another name.");
    }

    /** A table of the person's own, which was not loaded. */
    static DatabaseException otherTableExists(String table) {
        return tableExists(table, "It was not loaded with tandem and is left alone: choose another name.");
    }

    private static DatabaseException tableExists(String table, String remedy) {
        return usage("TABLE_EXISTS", "The table '" + table + "' already exists.", remedy, Map.of("table", table));
    }

    /** No table has this name; those that there are give the advice. */
    public static DatabaseException tableNotFound(String table, Collection<String> known) {
        return new DatabaseException(
                "TABLE_NOT_FOUND",
                "There is no table '" + table + "'.",
                known.isEmpty() ? "There are none yet: 'tandem load' makes one." : NearestName.advice(table, known),
                ExitStatus.TABLE_NOT_FOUND,
                null,
                Map.of("table", table));
    }

    static DatabaseException tableNotLoaded(String table) {
        boolean ofPump = PumpTable.isNamed(table);
        return usage(
                "TABLE_NOT_LOADED",
                ofPump
                        ? "The table '" + table + "' holds pump data: it was not loaded, and is never dropped."
                        : "The table '" + table + "' was not loaded with tandem and is left alone.",
                ofPump
                        ? "To rebuild the tables behind raw_events, run 'tandem parse --rebuild'."
                        : "See 'tandem tables' for loaded tables.",
                Map.of("table", table));
    }

    private static DatabaseException usage(String code, String message, String remedy, Map<String, Object> details) {
        return new DatabaseException(code, message, remedy, ExitStatus.INVALID_USAGE, null, details);
    }
}
