package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

/** How {@code tandem serve} begins, ends, is killed, and keeps the data fresh. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ServeLifeIT {
    private static final int ROWS = 300_000;
    private static final String ALL_EVENTS = "{\"table_name\": \"events\", \"format\": \"json\"}";
    private static final String ONE_EVENT = "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private TandemProcess tandem;
    private ServeProcess server;

    @BeforeAll
    static void write_a_history_once() {
        SampleHistory.write(shared.resolve("large.db"), ROWS);
    }

    @BeforeEach
    void name_the_database() {
        tandem = new TandemProcess(folder)
                .with("TANDEM_DB", shared.resolve("large.db").toString());
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    private void start(String... options) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of("--jobs-dir", "jobs", "--workers", "1"), Stream.of(options))
                .toArray(String[]::new);
        server = ServeProcess.start(tandem, all);
    }

    private int create(String body) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .body(body)
                .post(server.api() + "/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private JsonPath job(int id) {
        return RestAssured.get(server.api() + "/jobs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath await(int id, String... states) throws InterruptedException {
        while (!Set.of(states).contains(job(id).getString("status"))) {
            Thread.sleep(10);
        }
        return job(id);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("jobs/files"))) {
            return files.count();
        }
    }

    @Test
    void a_kill_leaves_failed_pending_and_completed_jobs_as_they_should_be() throws Exception {
        start();
        int completed = create(ONE_EVENT);
        await(completed, "completed");
        int running = create(ALL_EVENTS);
        int pending = create(ONE_EVENT);
        await(running, "running");
        assertThat(RestAssured.get(server.api() + "/jobs/" + running + "/download")
                        .statusCode())
                .isEqualTo(409);
        server.kill();
        start();
        assertThat(job(running).getString("status")).isEqualTo("failed");
        assertThat(job(running).getString("error_message")).startsWith("interrupted");
        await(pending, "completed");
        assertThat(RestAssured.get(server.api() + "/jobs/" + completed + "/download")
                        .statusCode())
                .isEqualTo(200);
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void a_running_job_is_deleted_within_two_seconds_and_the_next_one_runs() throws Exception {
        start();
        int running = create(ALL_EVENTS);
        await(running, "running");
        int next = create(ONE_EVENT);
        assertThat(RestAssured.delete(server.api() + "/jobs/" + running).statusCode())
                .isEqualTo(204);
        await(next, "completed");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void a_sigterm_ends_it_soon_with_a_job_and_a_download_under_way() throws Exception {
        start();
        int file = create(ALL_EVENTS);
        await(file, "completed");
        int running = create(ALL_EVENTS);
        await(running, "running");
        try (Socket slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream()
                    .write(("GET /api/v1/export/jobs/" + file + "/download HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = slow.getInputStream();
            assertThat(answer.readNBytes(100)).hasSize(100);
            assertThat(server.terminate()).isLessThan(5_000);
        }
        start();
        assertThat(job(running).getString("status")).isEqualTo("failed");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void a_full_queue_is_told_with_when_to_come_again() throws Exception {
        start("--queue", "1");
        create(ALL_EVENTS);
        create(ALL_EVENTS);
        Response full = RestAssured.given()
                .contentType(ContentType.JSON)
                .body(ONE_EVENT)
                .post(server.api() + "/jobs");
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(full.header("Retry-After"))).isPositive();

        Response page = RestAssured.given()
                .header("Origin", server.url())
                .contentType("application/x-www-form-urlencoded")
                .body("table_name=events&format=csv&columns=id")
                .post(server.url() + "/jobs");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.header("Retry-After")).isEqualTo(full.header("Retry-After"));
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString()).contains("2 jobs are waiting or running", "value=\"id\"");
    }

    @Test
    void a_file_expires() throws Exception {
        start("--expire-after", "300ms");
        int id = create(ONE_EVENT);
        await(id, "expired");
        assertThat(RestAssured.get(server.api() + "/jobs/" + id + "/download").statusCode())
                .isEqualTo(410);
        while (files() > 0) {
            Thread.sleep(20);
        }
    }

    @Test
    void jobs_wait_while_another_process_writes_and_it_writes_while_they_do_not_read() throws Exception {
        Files.copy(shared.resolve("large.db"), folder.resolve("own.db"));
        tandem.with("TANDEM_DB", folder.resolve("own.db").toString());
        start();
        await(create(ONE_EVENT), "completed");
        int waiting;
        try (Database writer = new DatabaseOpener().openForWriting(folder.resolve("own.db"))) {
            waiting = create(ONE_EVENT);
            Thread.sleep(1_500);
            assertThat(job(waiting).getString("waiting_for")).contains("another process");
            assertThat(job(waiting).getString("status")).isEqualTo("pending");
            writer.execute("CHECKPOINT");
        }
        await(waiting, "completed");
    }

    @Test
    void a_token_is_asked_of_everybody() throws Exception {
        Files.writeString(folder.resolve("token"), "0123456789abcdef0123\n");
        start("--host", "0.0.0.0", "--token-file", "token");
        String url = "http://127.0.0.1:" + server.port();
        Response refused = RestAssured.get(url + "/api/v1/export/jobs");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(RestAssured.given()
                        .header("Authorization", "Bearer 0123456789abcdef0123")
                        .get(url + "/api/v1/export/jobs")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.log()).contains("chmod 600").doesNotContain("0123456789abcdef");
    }

    @Test
    void both_addresses_of_loopback_answer() throws Exception {
        start();
        for (String host : List.of("127.0.0.1", "[::1]", "localhost")) {
            RestAssured.get("http://" + host + ":" + server.port() + "/q/health/live")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void a_created_token_is_in_a_private_file_shown_once_and_asked_of_everybody() throws Exception {
        start("--token", "auto");
        Path file = folder.resolve("jobs/token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String token = Files.readString(file).strip();
        RestAssured.get(server.url() + "/q/health").then().statusCode(401);
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get(server.url() + "/q/health")
                .then()
                .statusCode(200);
    }

    @Test
    void everything_is_answered_on_a_socket_and_nothing_on_a_port() throws Exception {
        Path socket = folder.resolve("s.sock");
        Process process = tandem.start("serve", "--socket", socket.toString(), "--jobs-dir", "jobs", "--json");
        try {
            while (!Files.readString(folder.resolve("stdout")).contains("}")) {
                assertThat(process.isAlive())
                        .as(Files.readString(folder.resolve("stderr")))
                        .isTrue();
                Thread.sleep(20);
            }
            assertThat(Files.readString(folder.resolve("stdout"))).contains(socket.toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            String create = "POST /api/v1/export/jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
                    + ONE_EVENT.length();
            assertThat(answer(socket, create, ONE_EVENT))
                    .startsWith("HTTP/1.1 201")
                    .contains("/api/v1/export/jobs/1");
            while (!answer(socket, "GET /api/v1/export/jobs/1 HTTP/1.1", "").contains("\"completed\"")) {
                Thread.sleep(20);
            }
            for (String path : List.of(
                    "/",
                    "/page.css",
                    "/q/health",
                    "/q/openapi",
                    "/api/v1/export/jobs",
                    "/api/v1/export/formats",
                    "/api/v1/export/tables",
                    "/api/v1/export/tables/events/preview",
                    "/api/v1/export/jobs/1/download")) {
                assertThat(answer(socket, "GET " + path + " HTTP/1.1", ""))
                        .as(path)
                        .startsWith("HTTP/1.1 200");
                assertThat(answer(socket, "HEAD " + path + " HTTP/1.1", ""))
                        .as(path)
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(answer(socket, "GET /q/health HTTP/2.0", "")).startsWith("HTTP/1.1 505");
            assertThat(answer(socket, "nonsense", "")).startsWith("HTTP/1.0 400");
            assertThat(answer(socket, "DELETE /api/v1/export/jobs/1 HTTP/1.1", ""))
                    .startsWith("HTTP/1.1 204");
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String answer(Path socket, String head, String body) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body;
            client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(65_536);
            while (client.read(part) >= 0) {
                answer.write(part.array(), 0, part.position());
                part.clear();
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void a_loaded_table_is_listed_and_exported() throws Exception {
        Files.writeString(
                folder.resolve("songs.jsonl"),
                "{\"event_name\":\"a\",\"event_time\":\"2026-01-02T03:04:05Z\",\"distinct_id\":\"u\","
                        + "\"insert_id\":\"i\",\"properties\":{}}\n");
        Path database = Files.createDirectories(folder.resolve("own")).resolve("own.db");
        assertThat(tandem.run("load", "events", "songs", "songs.jsonl", "--db", database.toString())
                        .exitCode())
                .isZero();
        server = ServeProcess.start(tandem, "--db", database.toString(), "--jobs-dir", "jobs");
        List<String> tables = RestAssured.get(server.api() + "/tables").path("table_name");
        assertThat(tables).contains("songs");
        int id = create("{\"table_name\": \"songs\", \"format\": \"csv\"}");
        await(id, "completed");
        assertThat(RestAssured.get(server.api() + "/jobs/" + id + "/download").asString())
                .startsWith("event_name,event_time");
        List<Integer> listed =
                RestAssured.get(server.api() + "/jobs?table_name=songs").path("id");
        assertThat(listed).containsExactly(id);
    }

    @Test
    void a_database_that_cannot_be_read_is_said_so_by_the_health_check_and_the_page() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.db"), "no database".repeat(1_000));
        server = ServeProcess.start(tandem, "--db", broken.toString(), "--jobs-dir", "jobs");
        RestAssured.get(server.url() + "/q/health")
                .then()
                .statusCode(503)
                .body(containsString("not a DuckDB database"))
                .body(not(containsString("broken.db")));
        RestAssured.get(server.url() + "/")
                .then()
                .statusCode(200)
                .body(containsString("not a DuckDB database"))
                .body(not(containsString("no data yet")));
    }

    @Test
    void what_cannot_be_served_is_refused_before_anything_is_begun() throws Exception {
        for (String[] wrong : new String[][] {
            {"--host", "0.0.0.0"},
            {"--port", "70000"},
            {"--workers", "0"},
            {"--queue", "0"},
            {"--expire-after", "0"},
            {"--expire-after", "-5m"},
            {"--sync-interval", "0s"},
            {"--token-file", "nowhere"}
        }) {
            tandem.run(Stream.concat(Stream.of("serve", "--port", "0"), Stream.of(wrong))
                            .toArray(String[]::new))
                    .exits(1);
        }
        try (ServerSocket taken = new ServerSocket(0)) {
            tandem.run("serve", "--port", String.valueOf(taken.getLocalPort()), "--jobs-dir", "jobs")
                    .exits(1);
        }
    }

    @Test
    void jobs_are_done_while_a_sync_waits_for_the_service() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().withDays(2).withPumpsWithHistory(1);
        try (SimulatedTandemSource service = SimulatedTandemSource.start(options)) {
            tandem.account(service, options)
                    .with("TANDEM_DB", folder.resolve("fresh.db").toString());
            start("--sync-interval", "1s");
            while (!RestAssured.get(server.url() + "/q/health").asString().contains("Z\"")) {
                Thread.sleep(50);
            }
            service.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofSeconds(30)), 1);
            service.pumps().stream()
                    .filter(pump -> !pump.isRetired() && pump.eventCount() > 0)
                    .forEach(pump -> pump.advanceDays(1));
            // By now a cycle has begun that asks for the new day.
            Thread.sleep(2_500);
            long begun = System.nanoTime();
            await(create(ONE_EVENT), "completed");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(server.terminate()).isLessThan(5_000);
        }
    }

    @Test
    void the_data_is_kept_fresh_and_health_tells_so() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().withDays(2).withPumpsWithHistory(1);
        try (SimulatedTandemSource service = SimulatedTandemSource.start(options)) {
            tandem.account(service, options)
                    .with("TANDEM_DB", folder.resolve("fresh.db").toString());
            start("--sync-interval", "2s");
            while (!RestAssured.get(server.url() + "/q/health").asString().contains("Z\"")) {
                Thread.sleep(100);
            }
            assertThat(RestAssured.get(server.url() + "/q/health").jsonPath().getString("status"))
                    .isEqualTo("UP");
            assertThat(await(create("{\"table_name\": \"cgm_readings\", \"format\": \"parquet\"}"), "completed")
                            .getInt("row_count"))
                    .isPositive();
        }
        while (RestAssured.get(server.url() + "/q/health").statusCode() == 200) {
            Thread.sleep(100);
        }
        assertThat(RestAssured.get(server.url() + "/q/health/live").statusCode())
                .isEqualTo(200);
    }
}
