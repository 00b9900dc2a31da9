package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog.Column;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SortingMemoryTest {
    private Database database;

    @BeforeEach
    void open() {
        database = new DatabaseOpener().openInMemory();
        database.execute("SET memory_limit = '256MiB'");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String limit() {
        return database.first("SELECT current_setting('memory_limit')", row -> row.getString(1))
                .orElseThrow();
    }

    private static SelectedRows rows(String... types) {
        List<Column> columns =
                List.of(types).stream().map(type -> new Column("c", type)).toList();
        return new SelectedRows(PumpTable.EVENTS, columns, TimeWindow.of(DateRange.ALL), null);
    }

    @Test
    void looking_at_the_machine_leaves_the_limit_as_it_was() {
        String before = limit();

        SortingMemory memory = SortingMemory.ofMachine(database);

        assertThat(limit()).isEqualTo(before);
        database.execute(memory.allowing(1000));
        assertThat(limit()).isNotEqualTo(before);
        database.execute(memory.sparing());
        assertThat(limit()).isEqualTo(before);
    }

    @Test
    void few_rows_are_held_in_memory_and_many_are_not() {
        SortingMemory memory = SortingMemory.ofMachine(database);

        assertThat(memory.megabytesFor(rows("BIGINT", "VARCHAR"), 10)).hasValue(100);
        assertThat(memory.megabytesFor(rows("BIGINT", "VARCHAR"), 1_000_000)).hasValue(260);
        assertThat(memory.megabytesFor(rows("BIGINT", "JSON"), 10_000_000)).isEmpty();
    }

    @Test
    void never_less_is_allowed_than_the_file_was_opened_with() {
        String before = limit();

        database.execute(SortingMemory.ofMachine(database).allowing(100));

        assertThat(limit()).isEqualTo(before);
    }

    @Test
    void without_any_to_spare_nothing_is_held_in_memory() {
        assertThat(SortingMemory.sparing(database).megabytesFor(rows("BIGINT"), 1))
                .isEmpty();
    }
}
