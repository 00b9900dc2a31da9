package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.query.QueryRequest;
import io.github.tandemfetch.query.QueryRunner;
import io.github.tandemfetch.query.format.CsvFormat;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryAndExportTest {
    private final DatabaseOpener opener = new DatabaseOpener();

    @TempDir
    static Path folder;

    @BeforeAll
    static void write_the_history_once() {
        AwkwardHistory.writeTo(folder.resolve("tandem.db"));
    }

    @ParameterizedTest
    @MethodSource("io.github.tandemfetch.domain.PumpTable#all")
    void a_query_as_csv_has_the_bytes_of_the_export(PumpTable table) throws IOException {
        Path database = folder.resolve("tandem.db");
        Path exported = folder.resolve(table.tableName() + ".csv");
        new ExportService(opener)
                .export(
                        database,
                        ExportConfig.builder(Instant.EPOCH)
                                .tables(new TableSelection(List.of(table)))
                                .format(ExportFormat.CSV)
                                .outputPath(exported)
                                .build(),
                        ExportListener.NONE);
        StringWriter text = new StringWriter();
        CsvFormat csv = new CsvFormat(text);
        new QueryRunner(opener)
                .run(
                        database,
                        new QueryRequest(
                                "FROM " + table.tableName() + " ORDER BY " + table.timeColumn() + " NULLS LAST, id",
                                Map.of(),
                                OptionalLong.empty(),
                                null),
                        csv);
        csv.end();

        assertThat(text.toString()).isEqualTo(Files.readString(exported)).doesNotContain("+00,");
    }
}
