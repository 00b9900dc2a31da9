package io.github.tandemfetch.cli;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tandem serve} with clients that are slow, stop in the middle, or go away. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ServeClientsIT {
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CREATE = "POST /api/v1/export/jobs HTTP/1.1\r\n" + HOST + JSON;
    private static final int MILLIS_FOR_AN_ANSWER = 20_000;

    @TempDir
    static Path folder;

    private static ServeProcess server;

    private final List<Socket> clients = new ArrayList<>();

    @BeforeAll
    static void start_the_server() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("data"));
        SampleHistory.write(folder.resolve("data/tandem.db"), 60_000);
        server = ServeProcess.start(new TandemProcess(folder), "--jobs-dir", "jobs");
        // The first look at the database takes the longest.
        RestAssured.get(server.api() + "/tables");
        RestAssured.get(server.url() + "/");
    }

    @AfterAll
    static void end_the_server() {
        if (server != null) {
            server.close();
        }
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        clients.add(socket);
        socket.setSoTimeout(MILLIS_FOR_AN_ANSWER);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private void sendManyTimes(int times, String request) throws IOException {
        for (int i = 0; i < times; i++) {
            send(request);
        }
    }

    private void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    // A client that is new gets in, and is answered by all kinds of threads.
    private static void othersAreAnswered() {
        long begun = System.nanoTime();
        for (String path : List.of("/q/health", "/api/v1/export/jobs", "/api/v1/export/tables", "/")) {
            assertThat(RestAssured.given()
                            .header("Connection", "close")
                            .get(server.url() + path)
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void uploads_that_stall_keep_nobody_else_waiting_and_are_given_up() throws Exception {
        sendManyTimes(300, CREATE + "Content-Length: 500\r\n\r\n{");
        othersAreAnswered();
        for (Socket client : clients) {
            assertThat(answer(client)).startsWith("HTTP/1.1 408").contains("Connection: close", "problem+json");
        }
        hangUp();
    }

    @Test
    void more_clients_than_there_is_room_for_keep_nobody_else_waiting() throws Exception {
        sendManyTimes(600, CREATE + "Transfer-Encoding: chunked\r\n\r\n5\r\nab");
        othersAreAnswered();
        hangUp();
        clients.clear();
        sendManyTimes(600, "GET /q/health HTTP/1.1\r\nHost: lo");
        othersAreAnswered();
        hangUp();
    }

    @Test
    void a_head_that_comes_letter_by_letter_is_given_up() throws Exception {
        Socket slow = send("GET /q/health HTTP/1.1\r\nX: ");
        long begun = System.nanoTime();
        slow.setSoTimeout(500);
        while (isOpen(slow)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            slow.getOutputStream().write('x');
        }
        hangUp();
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException silent) {
            return true;
        } catch (java.net.SocketException reset) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /q/health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET /q/health HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n{}",
                "POST /api/v1/export/jobs HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9\r\n\r\n{}",
                "POST /nowhere HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
                "PUT /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/export/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/export/jobs HTTP/1.0\r\nHost: localhost\r\n\r\n"
            })
    void a_connection_is_closed_after_a_refusal_and_where_the_client_wants_it(String request) throws Exception {
        long begun = System.nanoTime();
        assertThat(answer(send(request))).matches("(?s)HTTP/1.[01] [24][0-9]{2} .*");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        hangUp();
    }

    @Test
    void what_comes_behind_a_refused_request_is_not_answered() throws Exception {
        String second = "GET /q/health HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
        for (String refused : List.of(
                "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n",
                "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                CREATE + "Content-Length: 70000\r\n\r\n")) {
            assertThat(answer(send(refused + second)).split("HTTP/1.1 "))
                    .as(refused)
                    .hasSize(2);
        }
        String served = "GET /q/health HTTP/1.1\r\n" + HOST + "\r\n";
        assertThat(answer(send(served + served + second)).split("HTTP/1.1 200")).hasSize(4);
        hangUp();
    }

    @Test
    void whoever_asks_without_end_and_reads_no_answer_is_not_answered_without_end() throws Exception {
        String many = ("GET /q/openapi HTTP/1.1\r\n" + HOST + "\r\n").repeat(1_000);
        long before = server.answers("/q/openapi");
        sendManyTimes(4, many);
        Thread.sleep(2_000);
        assertThat(server.answers("/q/openapi") - before).isLessThan(1_000);
        othersAreAnswered();
        String last = "GET /q/health HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
        Socket reading = clients.get(0);
        reading.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
        assertThat(answer(reading).split("HTTP/1.1 200 OK")).hasSize(1_002);
        hangUp();
    }

    @Test
    void a_body_in_pieces_is_taken_and_one_that_is_too_large_is_not() throws Exception {
        String body = "{\"table_name\": \"events\", \"format\": \"csv\", \"row_limit\": 1}";
        Socket slow = send(CREATE + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n");
        for (String piece : body.split("(?<=,)")) {
            Thread.sleep(200);
            slow.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(answer(slow)).startsWith("HTTP/1.1 201");
        String chunks = ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(17) + "0\r\n\r\n";
        assertThat(answer(send(CREATE + "Transfer-Encoding: chunked\r\n\r\n" + chunks)))
                .startsWith("HTTP/1.1 413");
        hangUp();
    }

    @Test
    void a_download_may_be_slow_and_pause_but_not_without_end(@TempDir Path other) throws Exception {
        try (ServeProcess impatient = ServeProcess.start(
                new TandemProcess(other),
                "--db",
                folder.resolve("data/tandem.db").toString(),
                "--jobs-dir",
                "jobs",
                "--download-timeout",
                "3s")) {
            String jobs = impatient.api() + "/jobs";
            int id = RestAssured.given()
                    .contentType(ContentType.JSON)
                    .body("{\"table_name\": \"raw_events\", \"format\": \"json\"}")
                    .post(jobs)
                    .path("id");
            while (!RestAssured.get(jobs + "/" + id).path("status").equals("completed")) {
                Thread.sleep(50);
            }
            int size = RestAssured.get(jobs + "/" + id).path("file_size_bytes");
            // Pauses that are longer together than the timeout.
            assertThat(downloaded(impatient.port(), id, 5, 1_500)).isGreaterThan(size);
            assertThat(downloaded(impatient.port(), id, 1, 9_000)).isLessThan(size);
        }
    }

    private static long downloaded(int port, int job, int pauses, long millis) throws Exception {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(16_384);
            client.connect(new InetSocketAddress("127.0.0.1", port));
            client.setSoTimeout(MILLIS_FOR_AN_ANSWER);
            client.getOutputStream()
                    .write(("GET /api/v1/export/jobs/" + job + "/download HTTP/1.1\r\n" + HOST
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = client.getInputStream();
            long bytes = 0;
            for (int i = 0; i < pauses; i++) {
                bytes += answer.readNBytes(300_000).length;
                Thread.sleep(millis);
            }
            try {
                for (int count = 0; count >= 0; count = answer.read(new byte[65_536])) {
                    bytes += count;
                }
            } catch (java.net.SocketException cut) {
                return bytes;
            }
            return bytes;
        }
    }

    @Test
    void a_client_that_goes_away_in_the_middle_of_a_file_is_no_error() throws Exception {
        int id = RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{\"table_name\": \"events\", \"format\": \"json\"}")
                .post(server.api() + "/jobs")
                .path("id");
        while (!RestAssured.get(server.api() + "/jobs/" + id).path("status").equals("completed")) {
            Thread.sleep(50);
        }
        for (int i = 0; i < 40; i++) {
            Socket client = send("GET /api/v1/export/jobs/" + id + "/download HTTP/1.1\r\n" + HOST + "\r\n");
            InputStream answer = client.getInputStream();
            assertThat(answer.readNBytes(200)).hasSize(200);
            client.setSoLinger(i % 2 == 0, 0);
            client.close();
        }
        othersAreAnswered();
        assertThat(server.log().lines().filter(line -> !line.matches("(GET|POST|PUT|OPTIONS) .* ms")))
                .isEmpty();
    }
}
