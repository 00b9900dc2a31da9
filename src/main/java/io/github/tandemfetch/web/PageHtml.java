package io.github.tandemfetch.web;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.jobs.ExportJob;
import io.github.tandemfetch.jobs.JobRequest;
import io.github.tandemfetch.jobs.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the page of what a person sees: tables, a form, jobs. Every text from elsewhere is escaped. */
final class PageHtml {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final String template;

    PageHtml() {
        try (InputStream page = PageHtml.class.getResourceAsStream("page.html")) {
            template = new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the page.
     *
     * @param view what is to be seen
     * @return HTML
     */
    String of(PageView view) {
        ExportForm form = view.form();
        Map<String, String> places = new LinkedHashMap<>();
        // Without a script the page comes anew by itself, but not while somebody may be filling in the form.
        places.put(
                "refresh",
                view.jobs().stream().anyMatch(job -> job.status().isUnfinished())
                                && view.faults().isEmpty()
                        ? "<noscript><meta http-equiv=\"refresh\" content=\"3; url=/\"></noscript>"
                        : "");
        places.put("notice", notice(view));
        places.put("tables", tables(view));
        places.put("jobs", jobs(view.jobs()));
        places.put("faults", faults(view.faults()));
        places.put("table_name_options", options(names(view.tables()), form.table()));
        places.put("format_options", options(ExportFormat.names(), form.format()));
        places.put("date_from", HtmlText.of(form.dateFrom()));
        places.put("date_to", HtmlText.of(form.dateTo()));
        places.put("columns", HtmlText.of(form.columns()));
        places.put("row_limit", HtmlText.of(form.rowLimit()));
        places.put("compress", form.compress() ? " checked" : "");
        for (String field :
                List.of("table_name", "format", "date_from", "date_to", "columns", "row_limit", "compress")) {
            boolean wrong =
                    view.faults().stream().anyMatch(fault -> fault.field().equals(field));
            places.put(field + "_wrong", wrong ? " aria-invalid=\"true\" aria-describedby=\"faults\"" : "");
        }
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
    }

    private static String notice(PageView view) {
        return view.notice() == null ? "" : "<p class=\"notice\">" + HtmlText.of(view.notice()) + "</p>";
    }

    private static String tables(PageView view) {
        if (view.unavailable() != null) {
            return "<p id=\"unavailable\" class=\"notice\">" + HtmlText.of(view.unavailable()) + "</p>";
        }
        List<TableSummary> tables = view.tables();
        if (tables.isEmpty()) {
            return "<p>There is no data yet. Run <code>tandem sync</code>.</p>";
        }
        return tables.stream().map(PageHtml::table).collect(Collectors.joining("", """
                        <table>
                        <thead><tr><th scope="col">Table</th><th scope="col" class="number">Rows</th>\
                        <th scope="col">First, UTC</th><th scope="col">Last, UTC</th></tr></thead>
                        <tbody>
                        """, "</tbody>\n</table>\n"));
    }

    private static String table(TableSummary table) {
        return "<tr><th scope=\"row\">" + HtmlText.of(table.table().tableName()) + "</th><td class=\"number\">"
                + count(table.rows()) + "</td><td>" + time(table.first()) + "</td><td>" + time(table.last())
                + "</td></tr>\n";
    }

    private static String jobs(List<ExportJob> jobs) {
        return jobs.isEmpty()
                ? "<p>None yet.</p>"
                : jobs.stream().map(PageHtml::job).collect(Collectors.joining("", "<ol reversed>\n", "</ol>\n"));
    }

    private static String job(ExportJob job) {
        String number = String.valueOf(job.id());
        JobRequest request = job.request();
        return "<li id=\"job-" + number + "\" class=\"" + job.status().statusName() + "\">\n<h3>"
                + HtmlText.of(request.table().tableName()) + " <span class=\"kind\">"
                + HtmlText.of(request.format().extension()) + (request.compress() ? ".gz" : "")
                + "</span> <span class=\"id\">job " + number + "</span></h3>\n"
                + "<p class=\"asked\">" + asked(request) + "</p>\n"
                + "<p class=\"state\"><strong>" + job.status().statusName() + "</strong>" + state(job) + "</p>\n"
                + progress(job) + "<div class=\"actions\">" + download(job)
                + "<form method=\"post\" action=\"/jobs/" + number + "/delete\"><button id=\"delete-" + number
                + "\" class=\"plain\">" + (job.status().isUnfinished() ? "Stop and delete" : "Delete")
                + "<span class=\"heard\"> job " + number + "</span></button></form></div>\n</li>\n";
    }

    private static String asked(JobRequest request) {
        List<String> parts = new ArrayList<>();
        if (request.days().start() == null && request.days().end() == null) {
            parts.add("all days");
        } else {
            parts.add((request.days().start() == null
                            ? "the first day"
                            : request.days().start()) + " to "
                    + (request.days().end() == null
                            ? "the last"
                            : request.days().end()));
        }
        if (request.rowLimit() != null) {
            parts.add("at most " + count(request.rowLimit()) + " rows");
        }
        if (!request.columns().isEmpty()) {
            parts.add("only " + String.join(", ", request.columns()));
        }
        return HtmlText.of(String.join(" · ", parts));
    }

    private static String state(ExportJob job) {
        return switch (job.status()) {
            case PENDING -> job.waitingFor() == null ? "" : " · waits for " + HtmlText.of(job.waitingFor());
            case RUNNING -> " · " + count(job.rowsExported()) + " of " + count(job.totalRows()) + " rows";
            case COMPLETED ->
                " · " + count(job.rowCount()) + " rows · " + bytes(job.fileSizeBytes()) + " · kept until "
                        + time(job.expiresAt()) + " UTC";
            case FAILED -> " · " + HtmlText.of(job.errorMessage());
            case EXPIRED -> " · its file was removed at " + time(job.expiresAt()) + " UTC";
        };
    }

    private static String progress(ExportJob job) {
        if (!job.status().isUnfinished()) {
            return "";
        }
        boolean known = job.status() == JobStatus.RUNNING && job.totalRows() > 0;
        return "<progress aria-label=\"Progress of job " + job.id() + "\""
                + (known ? " max=\"" + job.totalRows() + "\" value=\"" + job.rowsExported() + "\"" : "")
                + "></progress>\n";
    }

    private static String download(ExportJob job) {
        return job.status() == JobStatus.COMPLETED
                ? "<a class=\"button\" id=\"download-" + job.id() + "\" href=\"" + JobsResource.PATH + "/" + job.id()
                        + "/download\" download>Download<span class=\"heard\"> " + HtmlText.of(job.fileName())
                        + "</span></a>"
                : "";
    }

    private static String faults(List<PageView.FieldFault> faults) {
        if (faults.isEmpty()) {
            return "";
        }
        return faults.stream()
                .map(fault -> "<li><a href=\"#" + fault.field() + "\">" + HtmlText.of(fault.label()) + "</a>: "
                        + HtmlText.of(fault.detail()) + "</li>\n")
                .collect(Collectors.joining(
                        "",
                        "<div id=\"faults\" class=\"notice\" role=\"alert\" tabindex=\"-1\">\n"
                                + "<p>The export was not started:</p>\n<ul>\n",
                        "</ul>\n</div>\n"));
    }

    private static List<String> names(List<TableSummary> tables) {
        return tables.isEmpty()
                ? PumpTable.names()
                : tables.stream().map(table -> table.table().tableName()).toList();
    }

    private static String options(List<String> names, String chosen) {
        return names.stream()
                .map(name ->
                        "<option" + (name.equals(chosen) ? " selected" : "") + ">" + HtmlText.of(name) + "</option>")
                .collect(Collectors.joining());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    private static String time(Instant time) {
        return time == null
                ? "–"
                : "<time datetime=\"" + time + "\">" + MINUTES.format(time.atOffset(ZoneOffset.UTC)) + "</time>";
    }
}
