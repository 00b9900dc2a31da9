package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableSelectionTest {
    @TempDir
    Path folder;

    @Test
    void naming_none_selects_all() {
        assertThat(TableSelection.named(List.of()).tables()).containsExactlyElementsOf(PumpTable.all());
    }

    @Test
    void a_repeated_name_counts_once_and_the_order_is_kept() {
        assertThat(TableSelection.named(List.of("events", "cgm_readings", "events"))
                        .tables())
                .containsExactly(
                        PumpTable.EVENTS, PumpTable.named("cgm_readings").orElseThrow());
    }

    @Test
    void an_unknown_name_is_a_usage_error_with_a_suggestion() {
        assertThatThrownBy(() -> TableSelection.named(List.of("events", "cgm_reading")))
                .asInstanceOf(InstanceOfAssertFactories.type(ExportArgumentException.class))
                .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE))
                .satisfies(e -> assertThat(e.getMessage()).isEqualTo("There is no table 'cgm_reading'."))
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("Did you mean 'cgm_readings'?"));
    }

    @Test
    void a_known_table_that_is_not_in_the_database_yet_has_an_exit_code_of_its_own() {
        Path file = folder.resolve("t.db");
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            database.execute("DROP TABLE basal_deliveries");
            TableCatalog catalog = new TableCatalog(database);

            new TableSelection(List.of(PumpTable.EVENTS)).requireIn(catalog, file);
            assertThatThrownBy(() -> TableSelection.all().requireIn(catalog, file))
                    .asInstanceOf(InstanceOfAssertFactories.type(ExportException.class))
                    .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND))
                    .satisfies(e -> assertThat(e.getMessage()).contains("'basal_deliveries'", file.toString()));
        }
    }
}
