package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog.Column;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SortingMemoryTest {
    private final List<Long> taken = new ArrayList<>();
    private final SortingMemory memory = new SortingMemory(new EngineShare() {
        @Override
        public long megabytesToSpare() {
            return 2000;
        }

        @Override
        public void take(long megabytes) {
            taken.add(megabytes);
        }
    });

    private static SelectedRows rows(String... types) {
        List<Column> columns =
                List.of(types).stream().map(type -> new Column("c", type)).toList();
        return new SelectedRows(PumpTable.EVENTS, columns, TimeWindow.of(DateRange.ALL), null, null);
    }

    @Test
    void a_million_rows_are_sorted_in_memory() {
        assertThat(memory.takeAllFor(rows("BIGINT", "JSON"), 1_000_000)).isTrue();
        assertThat(taken).containsExactly(1180L);
    }

    @Test
    void ten_million_rows_are_sorted_by_way_of_the_disk() {
        assertThat(memory.takeAllFor(rows("BIGINT", "JSON"), 10_000_000)).isFalse();
        memory.takeLittle();
        assertThat(taken).containsExactly(EngineShare.SPARING);
    }

    @Test
    void never_less_is_taken_than_any_number_of_rows_needs() {
        assertThat(memory.takeAllFor(rows("BIGINT"), 1)).isTrue();
        assertThat(taken).containsExactly(EngineShare.SPARING);
    }
}
