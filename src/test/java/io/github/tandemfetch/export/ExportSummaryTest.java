package io.github.tandemfetch.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.failure.ExitStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExportSummaryTest {
    private static final ExportConfig CONFIG = ExportConfig.builder(Instant.parse("2026-02-08T10:30:00Z"))
            .tables(TableSelection.named(List.of("events", "cgm_readings")))
            .format(ExportFormat.CSV)
            .outputDirectory(Path.of("my exports"))
            .dateRange(DateRange.parse("2026-01-01", null))
            .build();
    private static final ExportResult GOOD = new ExportResult(
            "events", true, 7, Path.of("my exports/events_20260208_103000.csv"), 0.25, null, 321, ExportFormat.CSV);
    private static final ExportResult BAD = new ExportResult(
            "cgm_readings", false, 0, Path.of("my exports/c.csv"), 0.5, "The disk is full.", 0, ExportFormat.CSV);

    private static ExportSummary summary(ExportResult... results) {
        return new ExportSummary(Instant.parse("2026-02-08T10:30:02Z"), CONFIG, Arrays.asList(results), 1.5);
    }

    @Test
    void the_exit_status_tells_success_partial_success_and_failure_apart() {
        assertThat(summary(GOOD, GOOD).exitStatus()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(summary(GOOD, BAD).exitStatus()).isEqualTo(ExitStatus.PARTIAL_SUCCESS);
        assertThat(summary(BAD, BAD).exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
        assertThat(summary(BAD).exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
    }

    @Test
    void totals_count_what_was_written() {
        ExportSummary summary = summary(GOOD, BAD, GOOD);

        assertThat(summary.totalRows()).isEqualTo(14);
        assertThat(summary.successCount()).isEqualTo(2);
        assertThat(summary.failureCount()).isEqualTo(1);
        assertThat(summary.overallSuccess()).isTrue();
        assertThat(summary(BAD).overallSuccess()).isFalse();
    }

    @Test
    void in_json_it_has_the_documented_names_and_iso_times_with_any_mapper() throws Exception {
        assertThat(new ObjectMapper().writeValueAsString(summary(GOOD, BAD))).isEqualTo("""
                {"timestamp":"2026-02-08T10:30:02Z",\
                "config":{"tables":["events","cgm_readings"],"format":"csv","output_dir":"my exports",\
                "output_path":null,"pump_serial":null,"columns":[],"limit":null,"compress":null,"partition_by":null,"fetch_latest":false,"overwrite":false,"timestamp":"2026-02-08T10:30:00Z",\
                "start_date":"2026-01-01","end_date":null},\
                "results":[{"table":"events","success":true,"rows_exported":7,\
                "output_path":"my exports/events_20260208_103000.csv","duration":0.25,"error":null,\
                "file_size_bytes":321,"format":"csv"},\
                {"table":"cgm_readings","success":false,"rows_exported":0,"output_path":"my exports/c.csv",\
                "duration":0.5,"error":"The disk is full.","file_size_bytes":0,"format":"csv"}],\
                "total_rows":7,"total_duration":1.5,"success_count":1,"failure_count":1,"overall_success":true}""");
    }
}
