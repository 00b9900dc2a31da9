package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog.Column;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SelectedRowsTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "BIGINT"),
            new Column("timestamp", "TIMESTAMP WITH TIME ZONE"),
            new Column("od\"d", "JSON"));

    private static SelectedRows rows(DateRange days, Long limit) {
        return new SelectedRows(PumpTable.EVENTS, COLUMNS, TimeWindow.of(days), null, limit);
    }

    @Test
    void names_are_quoted_and_rows_sorted_before_they_become_text() {
        assertThat(new ParquetLayout().query(rows(DateRange.ALL, null))).isEqualTo("""
                SELECT "id", "timestamp", CAST("od""d" AS VARCHAR) AS "od""d" FROM \
                (SELECT "id", "timestamp", "od""d" FROM "events" ORDER BY "timestamp" NULLS LAST, "id")""");
    }

    @Test
    void days_are_bound_and_the_last_one_ends_where_the_next_begins() {
        SelectedRows rows = rows(DateRange.parse("2026-02-08", "2026-02-08"), 7L);

        assertThat(rows.count())
                .isEqualTo("SELECT least(count(*), 7) FROM \"events\" WHERE \"timestamp\" >= $start_date"
                        + " AND \"timestamp\" < $day_after_end_date");
        assertThat(rows.inOrder()).endsWith(" LIMIT 7");
        assertThat(rows.values())
                .isEqualTo(Map.of(
                        "start_date",
                        OffsetDateTime.parse("2026-02-08T00:00Z"),
                        "day_after_end_date",
                        OffsetDateTime.parse("2026-02-09T00:00Z")));
    }

    @Test
    void a_path_cannot_leave_its_quotes() {
        assertThat(new JsonLayout(false, null)
                        .copy(Path.of("/o'; DROP TABLE events; --"), rows(DateRange.ALL, null), 1, 100))
                .contains("TO '/o''; DROP TABLE events; --' (FORMAT csv");
    }

    @Test
    void placeholders_are_found_outside_of_quotes_only() {
        Placeholders placeholders = new Placeholders("SELECT \"$a\", '$b''$c' WHERE x > $d_e AND y < $f OR $d_e");

        assertThat(placeholders.inOrder()).containsExactly("d_e", "f", "d_e");
        assertThat(placeholders.names()).containsExactly("d_e", "f");
        assertThat(placeholders.positional()).isEqualTo("SELECT \"$a\", '$b''$c' WHERE x > ? AND y < ? OR ?");
    }

    @Test
    void an_operation_whose_values_do_not_fit_its_query_is_refused() {
        assertThatThrownBy(() -> new ExportOperation(
                        PumpTable.EVENTS, Path.of("x.csv"), "SELECT $start_date", Map.of(), ExportFormat.CSV))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start_date");
    }
}
