package io.github.tandemfetch.export;

import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog.Column;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExportQueryTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "BIGINT"),
            new Column("timestamp", "TIMESTAMP WITH TIME ZONE"),
            new Column("od\"d", "JSON"));

    private static ExportQuery query(DateRange days, ExportFormat format) {
        return new ExportQuery(PumpTable.EVENTS, COLUMNS, days, format);
    }

    @Test
    void names_are_quoted_and_rows_sorted_before_they_become_text() {
        assertThat(query(DateRange.ALL, ExportFormat.PARQUET).select()).isEqualTo("""
                SELECT "id", "timestamp", CAST("od""d" AS VARCHAR) AS "od""d" FROM \
                (SELECT "id", "timestamp", "od""d" FROM "events" ORDER BY "timestamp" NULLS LAST, "id")""");
    }

    @Test
    void the_last_day_ends_where_the_next_begins() {
        assertThat(query(DateRange.parse("1970-01-02", "1970-01-02"), ExportFormat.CSV)
                        .count())
                .isEqualTo("SELECT count(*) FROM \"events\" WHERE \"timestamp\" >= make_timestamptz(86400000000)"
                        + " AND \"timestamp\" < make_timestamptz(172800000000)");
    }

    @Test
    void a_path_cannot_leave_its_quotes() {
        assertThat(query(DateRange.ALL, ExportFormat.JSONL).copyTo(Path.of("/o'; DROP TABLE events; --"), 100))
                .contains("TO '/o''; DROP TABLE events; --' (FORMAT json, ARRAY false");
    }
}
