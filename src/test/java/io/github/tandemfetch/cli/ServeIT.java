package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tandem serve} of the packaged program, over HTTP; every answer is held to its OpenAPI document. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ServeIT {
    private static final int ROWS = 20_000;
    private static final String PROBLEM = "application/problem+json";

    @TempDir
    static Path folder;

    private static ServeProcess server;
    private static RequestSpecification api;
    private static JsonNode document;

    @BeforeAll
    static void start_the_server() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("data"));
        SampleHistory.write(folder.resolve("data/tandem.db"), ROWS);
        server = ServeProcess.start(new TandemProcess(folder), "--jobs-dir", "jobs", "--queue", "100");
        document = new ObjectMapper()
                .readTree(RestAssured.get(server.url() + "/q/openapi").asByteArray());
        api = new RequestSpecBuilder()
                .setBaseUri(server.url())
                .setBasePath("/api/v1/export")
                .setConfig(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .addFilter(new OpenApiContract(document))
                .build();
    }

    @AfterAll
    static void end_the_server() {
        if (server != null) {
            server.close();
        }
    }

    private static RequestSpecification given() {
        return RestAssured.given(api);
    }

    private static Response post(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/jobs");
    }

    private static int create(String body) {
        Response created = post(body);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created.path("id");
    }

    private static JsonPath finished(int id) throws InterruptedException {
        while (true) {
            JsonPath job =
                    given().get("/jobs/" + id).then().statusCode(200).extract().jsonPath();
            if (!Set.of("pending", "running").contains(job.getString("status"))) {
                return job;
            }
            Thread.sleep(20);
        }
    }

    private static int completed(String body) throws InterruptedException {
        int id = create(body);
        assertThat(finished(id).getString("status")).isEqualTo("completed");
        return id;
    }

    private static void isProblem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith(PROBLEM);
        assertThat(response.jsonPath().getInt("status")).isEqualTo(status);
        tellsNothing(response.asString());
    }

    private static void tellsNothing(String answer) {
        assertThat(answer)
                .doesNotContain(folder.toString(), "io.github", "java.", "SELECT", "COPY", "\tat ", "jobs.jsonl");
    }

    @Test
    void a_job_is_created_followed_and_its_file_downloaded() throws Exception {
        Response created = post("""
                {"table_name": "cgm_readings", "format": "csv", "columns": ["timestamp", "cgm_reading"],
                 "filters": {"date_from": "2026-01-02", "date_to": "2026-01-02"}, "row_limit": 10.0, "compress": true}
                """);
        assertThat(created.statusCode()).isEqualTo(201);
        int id = created.path("id");
        assertThat(created.header("Location")).isEqualTo(server.api() + "/jobs/" + id);

        JsonPath job = finished(id);
        assertThat(job.getString("status")).isEqualTo("completed");
        assertThat(job.getInt("row_count")).isEqualTo(10);
        assertThat(job.getInt("rows_exported")).isEqualTo(10);
        assertThat(job.getInt("total_rows")).isEqualTo(10);
        assertThat(job.getString("file_name")).matches("cgm_readings_\\d{8}_\\d{6}_job" + id + "\\.csv\\.gz");

        Response file = given().get("/jobs/" + id + "/download");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.contentType()).isEqualTo("application/gzip");
        assertThat(file.header("Content-Encoding")).isNull();
        assertThat(file.header("Content-Disposition")).contains(job.getString("file_name"));
        assertThat(file.asByteArray()).hasSize(job.getInt("file_size_bytes"));
        String csv = new String(
                new GZIPInputStream(new ByteArrayInputStream(file.asByteArray())).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(csv.lines()).hasSize(11).startsWith("timestamp,cgm_reading");
        assertThat(csv).contains("2026-01-02T00:00:00.000000+00:00,188");
    }

    @ParameterizedTest
    @CsvSource({
        "parquet, application/vnd.apache.parquet",
        "csv, text/csv; charset=utf-8; header=present",
        "json, application/json",
        "jsonl, application/jsonl"
    })
    void every_table_is_exported_in_every_format(String format, String mediaType) throws Exception {
        for (String table : List.of("raw_events", "events", "cgm_readings", "basal_deliveries")) {
            int id =
                    completed("{\"table_name\": \"" + table + "\", \"format\": \"" + format + "\", \"row_limit\": 50}");
            Response file = given().get("/jobs/" + id + "/download");
            assertThat(file.contentType()).isEqualToIgnoringWhitespace(mediaType);
            assertThat(file.asByteArray()).isNotEmpty();
        }
    }

    @Test
    void the_file_equals_that_of_the_command() throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"jsonl\", \"row_limit\": 500}");
        TandemProcess command = new TandemProcess(Files.createDirectories(folder.resolve("command")));
        command.run(
                        "export",
                        "--db",
                        folder.resolve("data/tandem.db").toString(),
                        "-t",
                        "events",
                        "-f",
                        "jsonl",
                        "--limit",
                        "500",
                        "--no-fetch",
                        "--output-path",
                        "events.jsonl")
                .exits(0);
        assertThat(given().get("/jobs/" + id + "/download").asByteArray())
                .isEqualTo(Files.readAllBytes(folder.resolve("command/events.jsonl")));
    }

    @Test
    void parts_of_a_file_can_be_downloaded_and_known_files_are_not_sent() throws Exception {
        String download = "/jobs/" + completed("{\"table_name\": \"cgm_readings\", \"format\": \"csv\"}") + "/download";
        Response whole = given().get(download);
        byte[] file = whole.asByteArray();
        String tag = whole.header("ETag");
        String date = whole.header("Last-Modified");

        Response part = given().header("Range", "bytes=5-14").get(download);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 5-14/" + file.length);
        assertThat(part.asByteArray()).isEqualTo(java.util.Arrays.copyOfRange(file, 5, 15));
        assertThat(given().header("Range", "bytes=-7").get(download).asByteArray())
                .isEqualTo(java.util.Arrays.copyOfRange(file, file.length - 7, file.length));
        assertThat(given().header("Range", "bytes=" + (file.length - 3) + "-")
                        .get(download)
                        .asByteArray())
                .hasSize(3);
        Response beyond = given().header("Range", "bytes=" + file.length + "-").get(download);
        isProblem(beyond, 416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + file.length);
        assertThat(given().header("Range", "bytes=0-1,4-5").get(download).statusCode())
                .isEqualTo(200);
        assertThat(given().header("Range", "nonsense").get(download).statusCode())
                .isEqualTo(200);
        assertThat(given().header("Range", "bytes=0-1")
                        .header("If-Range", "\"other\"")
                        .get(download)
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().header("Range", "bytes=0-1")
                        .header("If-Range", tag)
                        .get(download)
                        .statusCode())
                .isEqualTo(206);

        assertThat(given().header("If-None-Match", "\"x\", W/" + tag)
                        .get(download)
                        .statusCode())
                .isEqualTo(304);
        assertThat(given().header("If-Modified-Since", date).get(download).statusCode())
                .isEqualTo(304);
        isProblem(given().header("If-Match", "\"x\"").get(download), 412);

        Response head = given().head(download);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(file.length));
        assertThat(head.asByteArray()).isEmpty();
        assertThat(head.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void ranges_are_for_get_alone_and_a_file_that_is_newer_than_asked_for_is_not_sent() throws Exception {
        String download = "/jobs/" + completed("{\"table_name\": \"cgm_readings\", \"format\": \"csv\"}") + "/download";
        Response whole = given().head(download);
        for (String range : List.of("bytes=0-3", "bytes=99999999999-")) {
            Response head = given().header("Range", range).head(download);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo(whole.header("Content-Length"));
        }

        String before = "Sun, 06 Nov 1994 08:49:37 GMT";
        isProblem(given().header("If-Unmodified-Since", before).get(download), 412);
        for (String since : List.of(whole.header("Last-Modified"), "nonsense")) {
            Response part = given().header("If-Unmodified-Since", since)
                    .header("Range", "bytes=0-3")
                    .get(download);
            assertThat(part.statusCode()).as(since).isEqualTo(206);
        }
        Response named = given().header("If-Unmodified-Since", before)
                .header("If-Match", whole.header("ETag"))
                .get(download);
        assertThat(named.statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_of_no_bytes_is_a_file_too() throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"jsonl\", \"row_limit\": 0}");
        Response file = given().get("/jobs/" + id + "/download");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.header("Content-Length")).isEqualTo("0");
        assertThat(file.asByteArray()).isEmpty();
        isProblem(given().header("Range", "bytes=0-").get("/jobs/" + id + "/download"), 416);
    }

    @Test
    void the_same_key_and_body_give_the_same_job() {
        String body = "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}";
        RequestSpecification keyed = given().contentType(ContentType.JSON).header("Idempotency-Key", "key-1");
        Response first = keyed.body(body).post("/jobs");
        Response again = given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "key-1")
                .body("{\"row_limit\": 1, \"format\": \"csv\", \"table_name\": \"events\"}")
                .post("/jobs");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.jsonPath().getInt("id")).isEqualTo(first.jsonPath().getInt("id"));
        isProblem(
                given().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "key-1")
                        .body("{\"table_name\": \"events\", \"format\": \"json\"}")
                        .post("/jobs"),
                422);
        isProblem(
                given().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "two words")
                        .body(body)
                        .post("/jobs"),
                400);
    }

    @Test
    void every_fault_of_a_body_is_listed_at_once() {
        Response refused = post("""
                {"table_name": "x; DROP TABLE events", "format": "xlsx", "columns": ["id", "id", 1], "row_limit": -1,
                 "filters": {"date_from": "2026-02-30", "date_to": 5, "until": 1}, "compress": "yes", "color": 1}
                """);
        isProblem(refused, 400);
        assertThat(refused.jsonPath().getList("errors.pointer"))
                .containsExactlyInAnyOrder(
                        "#/color",
                        "#/table_name",
                        "#/format",
                        "#/columns/1",
                        "#/columns/2",
                        "#/row_limit",
                        "#/filters/until",
                        "#/filters/date_from",
                        "#/filters/date_to",
                        "#/compress");
        assertThat(refused.asString()).doesNotContain("DROP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "5",
                "{",
                "{} {}",
                "{\"table_name\": \"events\", \"table_name\": \"events\", \"format\": \"csv\"}",
                "{\"table_name\": \"events\"}",
                "{\"table_name\": \"EVENTS\", \"format\": \"csv\"}",
                "{\"table_name\": \"events\", \"format\": \"parquet\", \"compress\": true}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"columns\": []}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"columns\": [\"nope\"]}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"columns\": [\"id\\\" FROM events; --\"]}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1.5}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1e999}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": \"1\"}",
                "{\"table_name\": \"events\", \"format\": \"csv\","
                        + " \"filters\": {\"date_from\": \"2026-02-02\", \"date_to\": \"2026-02-01\"}}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"filters\": {\"date_from\": \"2026-02-02T00:00\"}}",
                "{\"table_name\": \"events\", \"format\": \"csv\", \"filters\": []}"
            })
    void a_body_that_makes_no_sense_is_refused(String body) {
        isProblem(post(body), 400);
    }

    @Test
    void what_is_no_json_is_another_media_type() throws Exception {
        isProblem(given().contentType("text/plain").body("{}").post("/jobs"), 415);
        isProblem(
                given().contentType("application/x-www-form-urlencoded")
                        .body("a=b")
                        .post("/jobs"),
                415);
        for (String type : List.of("", " ", "*/*", "application/*")) {
            String answer = raw("POST /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            assertThat(answer).as(type).startsWith("HTTP/1.1 415").contains(PROBLEM);
        }
    }

    @Test
    void a_client_that_knows_the_document_alone_can_create_follow_download_and_delete() throws Exception {
        DocumentClient client = new DocumentClient(server.url(), document);
        for (String operation : client.readingOperations()) {
            assertThat(client.call(operation, Map.of(), null).status())
                    .as(operation)
                    .isEqualTo(200);
        }
        for (String format : List.of("parquet", "csv", "json", "jsonl")) {
            DocumentClient.Answer created = client.call(
                    "createJob", Map.of(), Map.of("table_name", "cgm_readings", "format", format, "row_limit", 3));
            assertThat(created.status()).isEqualTo(201);
            Map<String, Object> id = Map.of("id", created.json().get("id").asLong());
            JsonNode job = created.json();
            while (!job.get("status").asText().equals("completed")) {
                Thread.sleep(20);
                job = client.call("getJob", id, null).json();
            }
            assertThat(client.call("downloadFile", id, null).binary())
                    .hasSize(job.get("file_size_bytes").asInt());
            assertThat(client.call("deleteJob", id, null).status()).isEqualTo(204);
            assertThat(client.call("getJob", id, null).json().get("status").asInt())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json",
                "text/html",
                "application/octet-stream",
                "",
                "nonsense",
                "a/b/c;;q=x,,",
                "application/json;q=0",
                "application/json;q=0, text/*;q=0, */*;q=0",
                "application/vnd.apache.parquet, application/json;q=0"
            })
    void whatever_is_accepted_is_never_a_reason_to_refuse(String accept) throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 2}");
        String job = "/api/v1/export/jobs/" + id;
        String create = "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 2}";
        for (String reading : List.of(
                "/",
                "/page.css",
                "/page.js",
                "/icon.svg",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/openapi",
                "/api/v1/export/formats",
                "/api/v1/export/tables",
                "/api/v1/export/tables/events/columns",
                "/api/v1/export/tables/events/preview",
                "/api/v1/export/jobs",
                job,
                job + "/download")) {
            assertThat(answer("GET " + reading, accept, "")).as(reading).startsWith("HTTP/1.1 200");
            assertThat(answer("HEAD " + reading, accept, "")).as(reading).startsWith("HTTP/1.1 200");
        }
        assertThat(answer("POST /api/v1/export/jobs", accept, create)).startsWith("HTTP/1.1 201");
        assertThat(answer("DELETE " + job, accept, "")).startsWith("HTTP/1.1 204");
        assertThat(answer("DELETE " + job, accept, ""))
                .startsWith("HTTP/1.1 404")
                .contains(PROBLEM);
    }

    private static String answer(String request, String accept, String body) throws IOException {
        return raw(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: " + accept + "\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
                + "\r\n" + body);
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        isProblem(post("{\"table_name\": \"" + "x".repeat(70_000) + "\"}"), 413);
    }

    @Test
    void jobs_are_listed_newest_first_page_by_page() throws Exception {
        Set<Integer> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(completed("{\"table_name\": \"raw_events\", \"format\": \"csv\", \"row_limit\": 1}"));
        }
        Response page = given().queryParam("table_name", "raw_events")
                .queryParam("status", "completed")
                .queryParam("limit", 2)
                .get("/jobs");
        List<Integer> seen = new ArrayList<>(page.jsonPath().getList("id"));
        assertThat(seen).hasSize(2);
        while (page.header("Link") != null) {
            String next = page.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
            page = RestAssured.given().urlEncodingEnabled(false).get(next);
            assertThat(page.statusCode()).isEqualTo(200);
            seen.addAll(page.jsonPath().getList("id"));
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(made).isSortedAccordingTo((a, b) -> b - a);
        for (String wrong : List.of(
                "limit=0",
                "limit=201",
                "limit=x",
                "status=done",
                "table_name=x",
                "cursor=x",
                "color=red",
                "limit=1&limit=2")) {
            isProblem(given().urlEncodingEnabled(false).get("/jobs?" + wrong), 400);
        }
    }

    @Test
    void a_deleted_job_is_gone_with_its_file() throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}");
        Path file = folder.resolve("jobs/files")
                .resolve(given().get("/jobs/" + id).jsonPath().getString("file_name"));
        assertThat(file).exists();
        assertThat(given().delete("/jobs/" + id).statusCode()).isEqualTo(204);
        assertThat(file).doesNotExist();
        isProblem(given().get("/jobs/" + id), 404);
        isProblem(given().delete("/jobs/" + id), 404);
        isProblem(given().get("/jobs/" + id + "/download"), 404);
    }

    @Test
    void a_file_that_somebody_has_taken_away_or_exchanged_is_gone() throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}");
        Path file = folder.resolve("jobs/files")
                .resolve(given().get("/jobs/" + id).jsonPath().getString("file_name"));
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        isProblem(given().get("/jobs/" + id + "/download"), 410);
        Files.write(folder.resolve("elsewhere"), content);
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        isProblem(given().get("/jobs/" + id + "/download"), 410);
    }

    @Test
    void tables_columns_formats_and_rows_are_told() {
        JsonPath tables = given().get("/tables").jsonPath();
        assertThat(tables.getList("table_name"))
                .containsExactly("raw_events", "events", "cgm_readings", "basal_deliveries");
        assertThat(tables.getInt("[2].row_count")).isEqualTo(ROWS);
        assertThat(tables.getString("[0].time_column")).isEqualTo("event_timestamp");
        assertThat(tables.getString("[2].first_timestamp")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(given().get("/tables/events/columns").jsonPath().getList("name"))
                .startsWith("id", "raw_events_id");
        isProblem(given().get("/tables/nope/columns"), 404);
        isProblem(given().get("/tables/fetch_progress/preview"), 404);
        JsonPath rows =
                given().queryParam("limit", 3).get("/tables/events/preview").jsonPath();
        assertThat(rows.getList("id")).containsExactly(0, 1, 2);
        assertThat(rows.getString("[0].event_data.a")).isNotEmpty();
        isProblem(given().queryParam("limit", 101).get("/tables/events/preview"), 400);
        assertThat(given().get("/formats").jsonPath().getList("format"))
                .containsExactly("parquet", "csv", "json", "jsonl");
    }

    @Test
    void health_is_told() {
        RequestSpecification root = given().basePath("/");
        assertThat(root.get("/q/health").jsonPath().getString("status")).isEqualTo("UP");
        assertThat(given().basePath("/").get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(given().basePath("/").get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_not_there_and_what_cannot_be_done_is_a_problem() {
        isProblem(given().get("/nothing"), 404);
        isProblem(given().get("/jobs/999999"), 404);
        isProblem(given().get("/jobs/abc"), 404);
        isProblem(given().get("/jobs/99999999999999999999999"), 404);
        Response put = given().put("/jobs");
        isProblem(put, 405);
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST");
        isProblem(given().patch("/jobs/1"), 405);
        isProblem(given().options("/jobs"), 405);
        for (String method : List.of("DELETE", "PUT", "POST")) {
            Response refused = given().request(method, "/jobs/1/download");
            isProblem(refused, 405);
            assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
        }
        isProblem(given().post("/tables"), 405);
    }

    @Test
    void another_host_and_a_foreign_origin_are_refused() throws Exception {
        for (String name : List.of("localhost", "127.0.0.1:" + server.port(), "[::1]:1", "LOCALHOST:80")) {
            assertThat(raw("GET /q/health HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
        for (String name :
                List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8001", "0.0.0.0")) {
            assertThat(raw("GET /q/health HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .contains(PROBLEM);
        }
        for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "file://")) {
            Response refused = given().header("Origin", origin).get("/jobs");
            isProblem(refused, 403);
            assertThat(refused.headers().asList())
                    .noneMatch(header -> header.getName().toLowerCase().startsWith("access-control"));
        }
        assertThat(given().header("Origin", server.url()).get("/jobs").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../../../../etc/passwd HTTP/1.1",
                "GET /api/v1/export/jobs/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1",
                "GET /api/v1/export/jobs/..%2fjobs.jsonl/download HTTP/1.1",
                "GET /api/v1/export/jobs/%00 HTTP/1.1",
                "GET /api/v1/export/jobs?limit=%zz HTTP/1.1",
                "GET /api/v1/export/jobs?limit=%e0%80 HTTP/1.1",
                "GET /api/v1/export/tables/events%27%3BDROP%20TABLE%20events/preview HTTP/1.1",
                "GET http://evil.example/ HTTP/1.1",
                "CONNECT evil.example:80 HTTP/1.1",
                "TRACE /api/v1/export/jobs HTTP/1.1",
                "BREW /api/v1/export/jobs HTTP/1.1",
                "nonsense",
                "POST /api/v1/export/jobs HTTP/1.1\r\nContent-Length: -1",
                "POST /api/v1/export/jobs HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
                "POST /api/v1/export/jobs HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
                "POST /api/v1/export/jobs HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void a_request_that_is_meant_ill_is_a_problem_of_the_client(String head) throws Exception {
        String answer = raw(head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/[0-9.]+ 4[0-9]{2} .*").contains(PROBLEM);
        tellsNothing(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9", "1.2", "2.0", "9.9"})
    void a_version_of_http_that_nobody_speaks_is_not_served(String version) throws Exception {
        String answer = raw("GET /q/health HTTP/" + version + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 505 ").contains(PROBLEM);
        tellsNothing(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc", "-1\r\nabc", "FFFFFFFFFFFFFFFF\r\nabc", "1\r\na\r\n0\r\nX y"})
    void a_body_in_chunks_that_make_no_sense_is_refused(String chunks) throws Exception {
        String answer = raw("POST /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Type: application/json\r\n\r\n" + chunks + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains(PROBLEM);
    }

    @Test
    void a_body_that_breaks_off_is_no_failure_of_the_server() throws Exception {
        String head = "POST /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write((head + "Content-Length: 9\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
        }
        raw(head + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        assertThat(given().get("/formats").statusCode()).isEqualTo(200);
        assertThat(server.log()).doesNotContain("unexpectedly");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_is_sent_is_never_an_error_of_the_server(long seed) throws IOException {
        RequestFuzz fuzz = new RequestFuzz(new Random(seed));
        for (int i = 0; i < 60; i++) {
            String body = fuzz.body();
            Response posted = post(body);
            assertThat(posted.statusCode()).as("seed %d: %s", seed, body).isIn(201, 400, 413, 429);
            tellsNothing(posted.asString());
            if (posted.statusCode() == 201) {
                given().delete("/jobs/" + posted.path("id"));
            }
            String path = fuzz.path();
            String got = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(got).as("seed %d: %s", seed, path).matches("(?s)HTTP/1.1 [234].*");
            tellsNothing(got);
        }
    }

    @Test
    void eight_clients_at_once_get_what_they_asked_for() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            int rows = 100 + client;
            work.add(() -> {
                int id = completed("{\"table_name\": \"events\", \"format\": \"jsonl\", \"row_limit\": " + rows + "}");
                byte[] file = given().get("/jobs/" + id + "/download").asByteArray();
                return (int) new String(file, StandardCharsets.UTF_8).lines().count() - rows;
            });
        }
        for (Future<Integer> difference : clients.invokeAll(work)) {
            assertThat(difference.get()).isZero();
        }
        clients.shutdown();
    }

    @Test
    void only_the_owner_can_look_into_the_folder() throws Exception {
        int id = completed("{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}");
        String name = given().get("/jobs/" + id).jsonPath().getString("file_name");
        for (String path : List.of("jobs", "jobs/files")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path))))
                    .isEqualTo("rwx------");
        }
        for (String path : List.of("jobs/jobs.jsonl", "jobs/files/" + name)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path))))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(folder.resolve("jobs/files"))) {
            assertThat(files.filter(file -> Files.isDirectory(file)).toList()).hasSizeLessThan(3);
        }
    }

    @Test
    void the_access_log_tells_no_values_of_a_query() throws Exception {
        given().queryParam("status", "secretvalue").get("/jobs");
        assertThat(server.log()).contains("/api/v1/export/jobs?status=*").doesNotContain("secretvalue");
    }

    @Test
    void the_same_folder_is_not_served_twice() {
        new TandemProcess(folder.resolve("."))
                .run(
                        "serve",
                        "--port",
                        "0",
                        "--jobs-dir",
                        folder.resolve("jobs").toString())
                .exits(3);
    }
}
