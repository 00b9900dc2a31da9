package io.github.tandemfetch.web;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.jobs.ExportJob;
import io.github.tandemfetch.jobs.JobRequest;
import io.github.tandemfetch.jobs.JobStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageHtmlTest {
    private static final Instant NOON = Instant.parse("2026-02-08T12:00:00Z");
    private static final JobRequest REQUEST = new JobRequest(
            PumpTable.EVENTS, ExportFormat.CSV, List.of("id"), 5_000L, DateRange.parse("2026-01-01", null), true);

    private final PageHtml html = new PageHtml();

    private static ExportJob job(JobStatus status, String waitingFor, long done, String error) {
        boolean hasFile = status == JobStatus.COMPLETED || status == JobStatus.EXPIRED;
        return new ExportJob(
                7,
                REQUEST,
                null,
                status,
                waitingFor,
                hasFile ? 1_234_567L : null,
                done,
                status == JobStatus.PENDING ? null : 4_000L,
                error,
                NOON,
                NOON,
                NOON,
                hasFile ? NOON.plusSeconds(86_400) : null);
    }

    private String page(ExportJob job) {
        return html.of(new PageView(List.of(), null, List.of(job), ExportForm.BLANK, List.of(), null));
    }

    @Test
    void each_state_of_a_job_is_told_in_words_and_offers_what_can_be_done() {
        assertThat(page(job(JobStatus.PENDING, "the database", 0, null)))
                .contains(
                        "<strong>pending</strong> · waits for the database", "<progress aria-label", "Stop and delete")
                .doesNotContain("max=", "/download");
        assertThat(page(job(JobStatus.RUNNING, null, 1_000, null)))
                .contains("1,000 of 4,000 rows", "max=\"4000\" value=\"1000\"", "Stop and delete")
                .doesNotContain("/download");
        assertThat(page(job(JobStatus.COMPLETED, null, 4_000, null)))
                .contains("4,000 rows · 1.2 MB · kept until", "2026-02-09 12:00</time> UTC")
                .contains("href=\"/api/v1/export/jobs/7/download\"", "events_20260208_120000_job7.csv.gz")
                .contains("2026-01-01 to the last · at most 5,000 rows · only id", "csv.gz")
                .doesNotContain("<progress");
        assertThat(page(job(JobStatus.FAILED, null, 10, "The disk is full.")))
                .contains("<strong>failed</strong> · The disk is full.")
                .doesNotContain("/download", "<progress");
        assertThat(page(job(JobStatus.EXPIRED, null, 4_000, null)))
                .contains("its file was removed at")
                .doesNotContain("/download");
    }

    @Test
    void it_comes_anew_without_a_script_only_while_a_job_is_under_way() {
        String refresh = "<noscript><meta http-equiv=\"refresh\"";

        assertThat(page(job(JobStatus.RUNNING, null, 1, null))).contains(refresh);
        assertThat(page(job(JobStatus.COMPLETED, null, 1, null))).doesNotContain(refresh);
    }

    @Test
    void no_text_from_elsewhere_becomes_markup() {
        String hostile = "<b onclick='x'>\"&{{jobs}} $1";
        ExportForm form = new ExportForm(hostile, hostile, hostile, hostile, hostile, hostile, true);
        List<PageView.FieldFault> faults = List.of(new PageView.FieldFault("columns", hostile, hostile));

        String page = html.of(
                new PageView(List.of(), null, List.of(job(JobStatus.FAILED, null, 0, hostile)), form, faults, hostile));

        assertThat(page)
                .doesNotContain("<b ")
                .contains("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;{{jobs}} $1")
                .contains("id=\"columns\"")
                .contains("aria-invalid=\"true\" aria-describedby=\"faults\"");
    }

    @Test
    void tables_have_their_ranges_and_none_say_what_to_do() {
        TableSummary empty = new TableSummary(PumpTable.EVENTS, 0, List.of(), null, null);
        TableSummary full = new TableSummary(
                PumpTable.named("cgm_readings").orElseThrow(),
                1_234_567,
                List.of(),
                NOON,
                Instant.parse("2026-11-21T00:00:01.5Z"));

        assertThat(html.of(new PageView(List.of(empty, full), null, List.of(), ExportForm.BLANK, List.of(), null)))
                .contains("1,234,567", "datetime=\"2026-02-08T12:00:00Z\">2026-02-08 12:00", "2026-11-21 00:00", "–")
                .contains("<option selected>cgm_readings</option>")
                .contains("None yet.");
        assertThat(html.of(new PageView(List.of(), null, List.of(), ExportForm.BLANK, List.of(), null)))
                .contains("Run <code>tandem sync</code>");
    }

    @Test
    void a_database_that_cannot_be_read_is_not_called_empty() {
        assertThat(html.of(new PageView(
                        List.of(),
                        "The database is in use by another process (7). Wait until it has finished.",
                        List.of(),
                        ExportForm.BLANK,
                        List.of(),
                        null)))
                .contains("The database is in use by another process (7). Wait until it has finished.")
                .doesNotContain("no data yet");
    }
}
