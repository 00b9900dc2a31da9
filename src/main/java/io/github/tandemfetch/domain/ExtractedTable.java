package io.github.tandemfetch.domain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What came of the extraction of one domain table.
 *
 * @param table the table's name
 * @param extracted how many rows are new, or have other values than before
 * @param hidden how many events carry nothing that the pump showed, and have no row for it
 * @param repeated how many events carry a reading that was logged before, and have no row for it
 * @param conflicts how many events carry a reading of a second for which another value was logged later, which has the
 *     row
 * @param unreadable the events, of those that were not looked at before, whose value cannot be read: a glucose event
 *     then has no row, others have NULL
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ExtractedTable(
        String table, long extracted, long hidden, long repeated, long conflicts, List<UnreadableKind> unreadable) {

    public ExtractedTable {
        unreadable = List.copyOf(unreadable);
    }

    static ExtractedTable of(DomainTable table, long extracted, UnreadableEvents unreadable) {
        return new ExtractedTable(table.name(), extracted, 0, 0, 0, unreadable.kinds());
    }
}
