package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExportConfigFileTest {
    @TempDir
    Path folder;

    private ExportFileSettings read(String toml) throws IOException {
        return new ExportConfigFile(Files.writeString(folder.resolve("export.toml"), toml)).read();
    }

    @Test
    void every_key_is_read() throws IOException {
        ExportFileSettings settings = read("""
                [export]
                tables = ["cgm_readings", "events"]
                format = "csv"
                output_dir = "my exports"
                columns = ["timestamp", "id"]
                limit = 1000
                compress = "gzip"
                partition_by = "month"
                fetch_latest = false
                overwrite = true

                [export.date_range]
                start_date = "2026-01-01"
                end_date = 2026-01-31
                """);

        assertThat(settings.tables().tables())
                .containsExactly(PumpTable.named("cgm_readings").orElseThrow(), PumpTable.EVENTS);
        assertThat(settings.format()).isEqualTo(ExportFormat.CSV);
        assertThat(settings.outputDirectory()).isEqualTo("my exports");
        assertThat(settings.columns().names()).containsExactly("timestamp", "id");
        assertThat(settings.rowLimit()).isEqualTo(1000);
        assertThat(settings.compression()).isEqualTo(ExportCompression.GZIP);
        assertThat(settings.partitionBy()).isEqualTo(PartitionUnit.MONTH);
        assertThat(settings.fetchLatest()).isFalse();
        assertThat(settings.overwrite()).isTrue();
        assertThat(settings.startDate()).isEqualTo("2026-01-01");
        assertThat(settings.endDate()).isEqualTo("2026-01-31");
    }

    @Test
    void what_is_not_said_is_left_open_and_one_table_needs_no_brackets() throws IOException {
        assertThat(read("[export]\n")).isEqualTo(ExportFileSettings.NONE);
        assertThat(read("export.tables = 'events'").tables().tables()).containsExactly(PumpTable.EVENTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[exports]                            | exports              | export",
                "[export]\\ntabels = ['events']       | export.tabels        | tables",
                "[export]\\nfetch-latest = true       | export.fetch-latest  | fetch_latest",
                "[export.date_range]\\nstart = '2026' | export.date_range.start | start_date",
                "[export]\\ntables = ['evnts']        | key \"tables\"       | events",
                "[export]\\ntables = [1]              | \"tables\"           | list",
                "[export]\\nformat = 'xml'            | key \"format\"       | parquet",
                "[export]\\nformat = true             | \"format\"           | quotes",
                "[export]\\ncompress = 'zip'          | key \"compress\"     | gzip",
                "[export]\\npartition_by = 'week'     | key \"partition_by\" | month",
                "[export]\\nlimit = -1                | \"limit\"            | 1000",
                "[export]\\nlimit = 1.5               | \"limit\"            | 1000",
                "[export]\\noverwrite = 'yes'         | \"overwrite\"        | true",
                "[export]\\ndate_range = '2026'       | \"export.date_range\" | [export.date_range]",
                "[export.date_range]\\nstart_date = '2026-02-30' | 2026-02-30 | calendar",
                "[export.date_range]\\nend_date = '8.2.2026'     | 8.2.2026   | 2026-02-08",
                "[export]\\nformat = csv              | line 2               | \"csv\"",
                "''                                   | valid TOML           | [export]",
                "                                     | no table [export]    | [export]"
            })
    void what_is_wrong_is_named_with_file_and_remedy(String toml, String named, String remedy) throws IOException {
        Path file = Files.writeString(folder.resolve("export.toml"), toml == null ? "" : toml.replace("\\n", "\n"));

        assertThatThrownBy(() -> new ExportConfigFile(file).read())
                .isInstanceOfSatisfying(ExportArgumentException.class, e -> {
                    assertThat(e.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
                    assertThat(e.getMessage()).contains(file.toString(), named);
                    assertThat(e.remedy()).isNotEmpty();
                    assertThat(e.remedy() + e.getMessage()).contains(remedy);
                });
    }

    @Test
    void a_file_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> new ExportConfigFile(folder.resolve("none.toml")).read())
                .isInstanceOf(ExportArgumentException.class)
                .hasMessageContaining("none.toml does not exist");
        assertThatThrownBy(() -> new ExportConfigFile(folder).read()).isInstanceOf(ExportArgumentException.class);
    }
}
