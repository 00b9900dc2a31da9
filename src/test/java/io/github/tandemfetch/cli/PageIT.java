package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of {@code tandem serve} in a real browser; where none is installed, only what needs none is tried. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PageIT {
    private static final int ROWS = 5_000;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @TempDir
    static Path folder;

    private static ServeProcess server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path database = folder.resolve("tandem.db");
        SampleHistory.write(database, ROWS);
        server = ServeProcess.start(
                new TandemProcess(folder),
                "--db",
                database.toString(),
                "--jobs-dir",
                folder.resolve("jobs").toString());
        if (Browser.installed().isPresent()) {
            browser = Browser.start(Browser.installed().get(), folder.resolve("profile"));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    @AfterEach
    void deleteJobs() throws Exception {
        for (JsonNode job : jobs()) {
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(server.api() + "/jobs/" + job.get("id")))
                            .DELETE()
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private static JsonNode jobs() throws Exception {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(get(server.api() + "/jobs").body());
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void needBrowser() {
        Assumptions.assumeTrue(browser != null, "no Chromium is installed");
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "')?.innerText ?? ''")
                .asText();
    }

    @Test
    void an_export_is_started_followed_and_downloaded_with_the_keyboard_alone() throws Exception {
        needBrowser();
        browser.look(1200, 900, "light");
        browser.open(server.url() + "/");
        assertThat(text("#tables")).contains("cgm_readings", "5,000", "2026-01-01 00:00", "2026-01-18");
        assertThat(text("#jobs")).contains("None yet");

        tabTo("row_limit");
        browser.type("1234");
        browser.press("Enter");

        Browser.await(() -> text("#jobs").contains("completed"), "the job");
        assertThat(text("#jobs li")).contains("cgm_readings", "csv", "at most 1,234 rows", "1,234 rows", "kept until");
        JsonNode job = jobs().get(0);
        String id = job.get("id").asText();
        tabTo("download-" + id);
        String link = browser.evaluate("document.activeElement.href").asText();
        assertThat(get(link).body().lines()).hasSize(1_235);
        tabTo("delete-" + id);
        browser.press("Enter");

        Browser.await(() -> text("#jobs").contains("None yet"), "the job's end");
        assertThat(jobs()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    private static void tabTo(String id) throws Exception {
        for (int i = 0; i < 40; i++) {
            if (browser.evaluate("document.activeElement.id").asText().equals(id)) {
                return;
            }
            browser.press("Tab");
        }
        throw new AssertionError("the keyboard does not get to " + id);
    }

    @Test
    void the_page_keeps_itself_fresh_and_leaves_the_form_and_the_focus_alone() throws Exception {
        needBrowser();
        browser.open(server.url() + "/");
        tabTo("columns");
        browser.type("timestamp");
        browser.evaluate("window.kept = document.getElementById('columns')");

        HTTP.send(
                HttpRequest.newBuilder(URI.create(server.api() + "/jobs"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"table_name\":\"events\",\"format\":\"jsonl\"}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        Browser.await(() -> text("#jobs").contains("completed"), "the job of somebody else");
        assertThat(browser.evaluate("document.activeElement === window.kept && window.kept.value")
                        .asText())
                .isEqualTo("timestamp");
        tabTo("download-" + jobs().get(0).get("id").asText());
        post("/jobs", "table_name=cgm_readings&format=csv", "Origin", server.url());
        Browser.await(
                () -> browser.evaluate("document.querySelectorAll('#jobs li').length")
                                .asInt()
                        == 2,
                "another job");
        assertThat(browser.evaluate("document.activeElement.id").asText()).startsWith("download-");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everything_works_without_the_script() throws Exception {
        needBrowser();
        browser.withoutScripts(true);
        try {
            browser.look(360, 740, "dark");
            browser.open(server.url() + "/");
            browser.click("#row_limit");
            browser.type("10");
            browser.click("#export button");

            Browser.await(() -> text("#jobs").contains("completed"), "the job");
            browser.click("[id^=delete]");
            Browser.await(() -> text("#jobs").contains("None yet"), "the job's end");
        } finally {
            browser.withoutScripts(false);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"360, light", "360, dark", "1200, light", "1200, dark"})
    void it_fits_a_phone_and_a_desk_and_can_be_read_in_light_and_dark(int width, String scheme) throws Exception {
        needBrowser();
        post("/jobs", "table_name=cgm_readings&format=csv&compress=gzip&date_from=2026-01-01", "Origin", server.url());
        post("/jobs", "table_name=basal_deliveries&format=parquet&columns=timestamp", "Origin", server.url());
        Browser.await(
                () -> !jobs().toString().contains("pending")
                        && !jobs().toString().contains("running"),
                "jobs");
        browser.look(width, 900, scheme);
        browser.open(server.url() + "/");

        browser.screenshot(Path.of("target", "page", width + "-" + scheme + ".png"));

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.evaluate(CONTRASTS).toString())
                .as("text that is hard to read")
                .isEqualTo("[]");
        assertThat(browser.evaluate("[...document.querySelectorAll('button, .button, #export input, select')]"
                                + ".filter(e => e.type !== 'checkbox' && e.getBoundingClientRect().height < 43)"
                                + ".map(e => e.outerHTML)")
                        .toString())
                .as("what is too small for a finger")
                .isEqualTo("[]");
        assertThat(browser.evaluate("[...document.querySelectorAll('input, select')]"
                                + ".filter(e => e.labels.length !== 1).map(e => e.id)")
                        .toString())
                .as("fields without a label")
                .isEqualTo("[]");
        assertThat(browser.complaints()).isEmpty();
    }

    // The texts whose colors are less than 4.5 apart, as WCAG 2 counts.
    private static final String CONTRASTS = """
            (() => {
              const light = color => {
                const [r, g, b] = color.match(/[0-9.]+/g).map(part => part / 255)
                    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = element => {
                const color = getComputedStyle(element).backgroundColor;
                return color === 'rgba(0, 0, 0, 0)' && element.parentElement ? behind(element.parentElement) : color;
              };
              return [...document.querySelectorAll('body *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .filter(e => {
                  const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
                  return (a + 0.05) / (b + 0.05) < 4.5;
                })
                .map(e => e.outerHTML);
            })()""";

    @Test
    void a_form_with_faults_comes_back_with_what_was_typed_and_runs_nothing() throws Exception {
        String hostile = "<script>window.hacked=1</script>";
        HttpResponse<String> answer = post(
                "/jobs",
                "table_name=cgm_reading&format=xml&row_limit=many&date_from=2026-02-30&columns="
                        + java.net.URLEncoder.encode("\"'" + hostile, java.nio.charset.StandardCharsets.UTF_8),
                "Origin",
                server.url());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("The export was not started", "Did you mean cgm_readings?", "Leave this empty, or give")
                .contains("href=\"#table_name\"", "href=\"#format\"", "href=\"#row_limit\"", "href=\"#date_from\"")
                .contains("&quot;&#39;&lt;script&gt;")
                .doesNotContain(hostile);
        assertThat(jobs()).isEmpty();

        needBrowser();
        browser.look(360, 740, "light");
        browser.open(server.url() + "/");
        browser.evaluate("document.getElementById('columns').value = '" + hostile + "'");
        browser.evaluate("document.querySelector('#export form').noValidate = true");
        browser.click("#export button");

        Browser.await(() -> text("#faults").contains("Columns"), "what is wrong");
        Browser.await(
                () -> browser.evaluate("document.activeElement.id").asText().equals("faults"), "the focus on it");
        assertThat(browser.evaluate("document.getElementById('columns').value").asText())
                .isEqualTo(hostile);
        assertThat(browser.evaluate("document.getElementById('columns').getAttribute('aria-invalid')")
                        .asText())
                .isEqualTo("true");
        assertThat(browser.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        browser.screenshot(Path.of("target", "page", "360-faults.png"));
    }

    @Test
    void the_policy_lets_nothing_in_but_the_servers_own_files() throws Exception {
        HttpResponse<String> page = get(server.url() + "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe", "*", "data:", "http:");
        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(page.body()).doesNotContain(" style=", " onclick=", "<style", "javascript:", "http://", "https://");
        for (String file : List.of("page.css, text/css", "page.js, text/javascript", "icon.svg, image/svg+xml")) {
            HttpResponse<String> answer = get(server.url() + "/" + file.split(", ")[0]);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(file.split(", ")[1]);
        }
    }

    @Test
    void a_form_that_is_not_encoded_as_forms_are_is_refused() throws Exception {
        for (String form : List.of("table_name=%zz", "%", "format=csv&table_name=%4")) {
            assertThat(post("/jobs", form, "Origin", server.url()).statusCode())
                    .as(form)
                    .isEqualTo(400);
        }
    }

    @Test
    void forms_of_other_sites_and_of_nobody_are_refused() throws Exception {
        String form = "table_name=cgm_readings&format=csv";
        for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
            assertThat(post("/jobs", form, "Origin", origin).statusCode())
                    .as(origin)
                    .isEqualTo(403);
            assertThat(post("/jobs/1/delete", "", "Origin", origin).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(post("/jobs", form).statusCode()).isEqualTo(403);
        assertThat(post("/jobs/1/delete", "").statusCode()).isEqualTo(403);
        assertThat(get(server.url() + "/jobs").statusCode()).isEqualTo(405);
        assertThat(get(server.url() + "/jobs").headers().firstValue("Allow")).contains("POST");
        assertThat(jobs()).isEmpty();
        assertThat(post("/jobs/999999/delete", "", "Origin", server.url()).statusCode())
                .isEqualTo(303);
    }
}
