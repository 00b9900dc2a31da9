package io.github.tandemfetch.load.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * Where the rows of a table come from.
 *
 * @param type what the rows are
 * @param fetchedAt when they were fetched
 * @param fromDate the first day that was asked for; null for profiles, and where the rows are to tell
 * @param toDate the last day that was asked for; null for profiles, and where the rows are to tell
 * @param filterEvents the names of events that were asked for; null for all
 * @param filterWhere the condition that was asked for; null for none
 */
public record TableMetadata(
        TableType type,
        Instant fetchedAt,
        LocalDate fromDate,
        LocalDate toDate,
        List<String> filterEvents,
        String filterWhere) {
    /** Checks that the facts go together. */
    public TableMetadata {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        filterEvents = filterEvents == null ? null : List.copyOf(filterEvents);
        if (type == TableType.PROFILES && (fromDate != null || toDate != null)) {
            throw new InvalidMetadataException(
                    "Profiles have no first and last day.", "Leave fromDate and toDate out for profiles.");
        }
        if (fromDate != null && toDate != null && toDate.isBefore(fromDate)) {
            throw new InvalidMetadataException(
                    "The last day, " + toDate + ", is before the first, " + fromDate + ".",
                    "Exchange fromDate and toDate.");
        }
    }

    /**
     * Rows of which only the time of fetching is known.
     *
     * @param type what the rows are
     * @param fetchedAt when they were fetched
     * @return the metadata
     */
    public static TableMetadata of(TableType type, Instant fetchedAt) {
        return new TableMetadata(type, fetchedAt, null, null, null, null);
    }

    TableMetadata withDays(LocalDate first, LocalDate last) {
        return new TableMetadata(type, fetchedAt, first, last, filterEvents, filterWhere);
    }
}
