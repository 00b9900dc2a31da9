package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.domain.ExtractedTable;
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
public record ExtractReport(List<ExtractedTable> tables) {

    public ExtractReport {
        tables = List.copyOf(tables);
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
