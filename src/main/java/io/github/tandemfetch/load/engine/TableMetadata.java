package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The origin of a table's rows.
 *
 * @param fetchedAt when the rows were fetched, UTC
 * @param fromDate the first requested day; null for profiles, and to derive it from the rows
 * @param toDate the last requested day; null for profiles, and to derive it from the rows
 * @param filterEvents the requested event names; null for all
 * @param filterWhere the requested condition; null for none
 */
public record TableMetadata(
        TableType type,
        Instant fetchedAt,
        LocalDate fromDate,
        LocalDate toDate,
        List<String> filterEvents,
        String filterWhere) {
    /** @throws DatabaseException where profiles have dates, or the last day is before the first */
    public TableMetadata {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        filterEvents = filterEvents == null ? null : List.copyOf(filterEvents);
        if (type == TableType.PROFILES && (fromDate != null || toDate != null)) {
            throw EngineErrors.invalidMetadata(
                    "Profiles have no date range.", "Omit fromDate and toDate for profiles.");
        }
        if (fromDate != null && toDate != null && toDate.isBefore(fromDate)) {
            throw EngineErrors.invalidMetadata(
                    "The last day, " + toDate + ", is before the first, " + fromDate + ".",
                    "Swap fromDate and toDate.");
        }
    }

    /** Metadata without dates and filters. */
    public static TableMetadata of(TableType type, Instant fetchedAt) {
        return new TableMetadata(type, fetchedAt, null, null, null, null);
    }

    TableMetadata withDays(LocalDate first, LocalDate last) {
        return new TableMetadata(type, fetchedAt, first, last, filterEvents, filterWhere);
    }
}
