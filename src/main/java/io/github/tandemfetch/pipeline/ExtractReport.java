package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
     * @param extracted how many rows are new
     * @param hidden how many events carry nothing that the pump showed, and have no row for it
     * @param repeated how many events carry a reading that was logged before, and have no row for it
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Table(String table, long extracted, long hidden, long repeated) {}
}
