package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExportConfigTest {
    private static final Instant RUN = Instant.parse("2026-02-08T23:59:58.987Z");

    @Test
    void by_default_all_tables_go_to_parquet_files_in_exports_and_nothing_is_replaced() {
        ExportConfig config = ExportConfig.builder(RUN).build();

        assertThat(config.tables()).containsExactlyElementsOf(PumpTable.all());
        assertThat(config.format()).isEqualTo(ExportFormat.PARQUET);
        assertThat(config.outputDirectory()).isEqualTo(Path.of("exports"));
        assertThat(config.dateRange()).isEqualTo(DateRange.ALL);
        assertThat(config.overwrite()).isFalse();
    }

    @Test
    void a_file_is_named_after_its_table_and_the_run_in_utc() {
        ExportConfig config = ExportConfig.builder(RUN)
                .format(ExportFormat.JSONL)
                .outputDirectory(Path.of("out"))
                .build();

        assertThat(config.fileOf(PumpTable.named("cgm_readings").orElseThrow()))
                .isEqualTo(Path.of("out", "cgm_readings_20260208_235958.jsonl"));
    }

    @Test
    void one_table_may_be_given_a_file_name_of_its_own() {
        ExportConfig config = ExportConfig.builder(RUN)
                .tables(TableSelection.named(List.of("events", "events")))
                .outputPath(Path.of("mine.csv"))
                .build();

        assertThat(config.fileOf(PumpTable.EVENTS)).isEqualTo(Path.of("mine.csv"));
        assertThat(config.folder()).isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void one_file_name_for_several_tables_is_a_usage_error() {
        ExportConfig.Builder builder = ExportConfig.builder(RUN).outputPath(Path.of("mine.csv"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ExportArgumentException.class)
                .hasMessage(
                        "--output-path names one file, but " + PumpTable.all().size() + " tables are to be exported.");
    }

    @Test
    void a_root_folder_is_no_file_name() {
        ExportConfig.Builder builder = ExportConfig.builder(RUN)
                .tables(TableSelection.named(List.of("events")))
                .outputPath(Path.of("/"));

        assertThatThrownBy(builder::build).isInstanceOf(ExportArgumentException.class);
    }

    @Test
    void a_packed_file_says_so_in_its_name_and_a_folder_of_parts_has_no_extension() {
        assertThat(ExportConfig.builder(RUN)
                        .format(ExportFormat.CSV)
                        .compression(ExportCompression.GZIP)
                        .build()
                        .fileOf(PumpTable.EVENTS))
                .hasFileName("events_20260208_235958.csv.gz");
        assertThat(ExportConfig.builder(RUN)
                        .format(ExportFormat.JSONL)
                        .compression(ExportCompression.ZSTD)
                        .build()
                        .fileOf(PumpTable.EVENTS))
                .hasFileName("events_20260208_235958.jsonl.zst");
        assertThat(ExportConfig.builder(RUN)
                        .partitionBy(PartitionUnit.MONTH)
                        .build()
                        .fileOf(PumpTable.EVENTS))
                .hasFileName("events_20260208_235958");
    }

    @Test
    void what_does_not_go_together_is_refused_with_the_reason() {
        assertThatThrownBy(ExportConfig.builder(RUN).compression(ExportCompression.GZIP)::build)
                .isInstanceOf(ExportArgumentException.class)
                .hasMessageContaining("compressed inside");
        assertThatThrownBy(ExportConfig.builder(RUN).format(ExportFormat.CSV).partitionBy(PartitionUnit.DAY)::build)
                .isInstanceOf(ExportArgumentException.class)
                .hasMessageContaining("Only Parquet");
        assertThatThrownBy(ExportConfig.builder(RUN)
                        .tables(TableSelection.named(List.of("events")))
                        .outputPath(ExportConfig.STANDARD_OUTPUT)::build)
                .isInstanceOf(ExportArgumentException.class)
                .hasMessageContaining("needs a file");
        assertThatThrownBy(ExportConfig.builder(RUN).rowLimit(-1L)::build)
                .isInstanceOf(ExportArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> ExportCompression.parse("gzp"))
                .isInstanceOfSatisfying(ExportArgumentException.class, e -> assertThat(e.remedy())
                        .contains("gzip"));
        assertThatThrownBy(() -> PartitionUnit.parse("mnth"))
                .isInstanceOfSatisfying(ExportArgumentException.class, e -> assertThat(e.remedy())
                        .contains("month"));
    }
}
