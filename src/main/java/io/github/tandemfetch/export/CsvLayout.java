package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.TimestampText;
import java.util.stream.Collectors;

/** CSV as RFC 4180 has it: a header, quotes where they are needed, lines that end in LF, missing values empty. */
final class CsvLayout implements FileLayout {
    private final ExportCompression compression;

    CsvLayout(ExportCompression compression) {
        this.compression = compression;
    }

    @Override
    public String query(SelectedRows rows) {
        // Sorting first and writing out as text afterwards: the sort then holds times and not their longer texts, which
        // is the difference between fitting into the engine's memory and not.
        return "SELECT " + rows.columns().stream().map(this::written).collect(Collectors.joining(", ")) + " FROM ("
                + rows.inOrder() + ")";
    }

    @Override
    public String options(SelectedRows rows, long expected, int rowGroupRows) {
        String json = rows.columns().stream()
                .filter(column -> column.type().equals("JSON"))
                .map(column -> Identifier.quoted(column.name()))
                .collect(Collectors.joining(", "));
        // Text that is empty is quoted, because it equals NULLSTR; a missing value is not.
        return "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', NEW_LINE '\\n',"
                + " COMPRESSION " + FileLayout.codec(compression)
                + (json.isEmpty() ? "" : ", FORCE_QUOTE (" + json + ")");
    }

    private String written(Column column) {
        String name = Identifier.quoted(column.name());
        return switch (column.type()) {
            case "TIMESTAMP WITH TIME ZONE" -> TimestampText.utc(name, "") + " AS " + name;
            case "TIMESTAMP" -> TimestampText.local(name, "") + " AS " + name;
            case "JSON" -> "CAST(" + name + " AS VARCHAR) AS " + name;
            default -> name;
        };
    }
}
