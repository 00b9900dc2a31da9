package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.domain.UnreadableKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What came of the extract stage.
 *
 * @param tables what came of each domain table
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ExtractReport(List<Table> tables) {

    /** Copies the list. */
    public ExtractReport {
        tables = List.copyOf(tables);
    }

    /**
     * What came of one domain table.
     *
     * @param table the table's name
     * @param extracted how many rows are new, or of another event than before
     * @param hidden how many events carry nothing that the pump showed, and have no row for it
     * @param repeated how many events carry a reading that was logged before, and have no row for it
     * @param conflicts how many events carry a reading of a second for which another value was logged later, which has the
     *     row
     * @param unreadable the events, of those that were not looked at before, whose value cannot be read: a glucose event
     *     then has no row, a basal delivery has NULL
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Table(
            String table, long extracted, long hidden, long repeated, long conflicts, List<UnreadableKind> unreadable) {

        /** Copies the list. */
        public Table {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Whether the service still sends what can be read.
     *
     * @return false where it seems to have changed what it sends, so that values are missing in the tables
     */
    @JsonProperty
    public boolean complete() {
        return tables.stream().flatMap(table -> table.unreadable().stream()).noneMatch(UnreadableKind::formatChanged);
    }
}
