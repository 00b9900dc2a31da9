package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileNameFormatTest {
    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV,",
        "a.csv.gz, CSV, GZIP",
        "A.CSV.ZST, CSV, ZSTD",
        "a.json, JSON,",
        "a.json.gz, JSON, GZIP",
        "a.jsonl, JSONL,",
        "a.ndjson.gz, JSONL, GZIP",
        "a.b.parquet, PARQUET,",
        "a.txt,,",
        "csv,,",
        ".csv, CSV,",
        "a.gz,, GZIP"
    })
    void the_extensions_name_format_and_compression(String name, ExportFormat format, ExportCompression compression) {
        assertThat(FileNameFormat.of(Path.of("dir.parquet", name))).isEqualTo(new FileNameFormat(format, compression));
    }

    @Test
    void what_is_given_counts_where_the_name_says_nothing() {
        Path file = Path.of("readings.txt");

        assertThat(FileNameFormat.of(file).formatFor(file, ExportFormat.CSV)).isEqualTo(ExportFormat.CSV);
        assertThat(FileNameFormat.of(file).compressionFor(file, ExportCompression.ZSTD))
                .isEqualTo(ExportCompression.ZSTD);
        assertThatThrownBy(() -> FileNameFormat.of(file).formatFor(file, null))
                .isInstanceOfSatisfying(ExportArgumentException.class, e -> assertThat(e.exitStatus())
                        .isEqualTo(ExitStatus.INVALID_USAGE))
                .hasMessageContaining("readings.txt");
    }

    @Test
    void a_contradiction_is_refused() {
        Path plain = Path.of("a.csv");
        Path gzip = Path.of("a.csv.gz");

        assertThatThrownBy(() -> FileNameFormat.of(plain).formatFor(plain, ExportFormat.PARQUET))
                .isInstanceOf(ExportArgumentException.class);
        assertThatThrownBy(() -> FileNameFormat.of(plain).compressionFor(plain, ExportCompression.GZIP))
                .isInstanceOf(ExportArgumentException.class);
        assertThatThrownBy(() -> FileNameFormat.of(gzip).compressionFor(gzip, ExportCompression.ZSTD))
                .isInstanceOf(ExportArgumentException.class);
        assertThat(FileNameFormat.of(gzip).compressionFor(gzip, ExportCompression.GZIP))
                .isEqualTo(ExportCompression.GZIP);
    }
}
