package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.store.Identifier;
import java.util.stream.Collectors;

/** Parquet: zstd, JSON as text, because some readers take Parquet's own JSON type for bytes. */
final class ParquetLayout implements FileLayout {
    @Override
    public String query(SelectedRows rows) {
        return "SELECT " + rows.columns().stream().map(this::written).collect(Collectors.joining(", ")) + " FROM ("
                + rows.inOrder() + ")";
    }

    @Override
    public String options(SelectedRows rows, long expected, int rowGroupRows) {
        return "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + rowGroupRows;
    }

    private String written(Column column) {
        String name = Identifier.quoted(column.name());
        return column.type().equals("JSON") ? "CAST(" + name + " AS VARCHAR) AS " + name : name;
    }

    @Override
    public boolean hasRowGroups() {
        return true;
    }
}
