package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a text from outside holds: no terminal obeys it, and no header's value is in a log. */
class ForeignTextIT {
    private static final String SECRET = "s3cr3t-header";
    private static final String CLEAR = "\u001b[2J";

    @RegisterExtension
    static final SimulatedAccount ACCOUNT =
            new SimulatedAccount(SimulatorOptions.defaults().withDays(1));

    @TempDir
    Path folder;

    private static void assertPrintable(String text) {
        assertThat(text.replace("\n", "").replace("\t", ""))
                .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]");
    }

    private static TandemProcess.Result printable(TandemProcess.Result result) {
        assertPrintable(result.out());
        assertPrintable(result.err());
        return result;
    }

    @Test
    void names_of_pumps_are_escaped_by_every_command_that_shows_them() {
        ACCOUNT.faults().every(RequestKind.PUMPER, new Fault.TerminalEscapes(), 1);
        TandemProcess tandem = ACCOUNT.in(folder);

        assertThat(printable(tandem.run("pumps", "-vv").exits(0)).out()).contains("\\u001b[2J", "\\u009b31m\\u202e\\r");
        assertThat(printable(tandem.run("pumps", "--json").exits(0)).json().findValuesAsText("model"))
                .allSatisfy(model -> assertThat(model).contains("\u001b[2J\u001b]0;renamed\u0007\u009b31m\u202e\r"));
        assertThat(printable(tandem.run("sync", "-vv").exits(0)).err()).contains("\\u001b]0;renamed\\u0007");
        for (String[] command : List.of(
                new String[] {"status"},
                new String[] {"clock"},
                new String[] {"verify"},
                new String[] {"sample", "raw_events"},
                new String[] {"query", "SELECT DISTINCT pump_serial FROM raw_events", "-vv"},
                new String[] {"query", "SELECT DISTINCT pump_serial FROM raw_events", "--format", "markdown"})) {
            assertThat(printable(tandem.run(command)).out()).as(command[0]).isNotEmpty();
        }
        assertThat(tandem.run("query", "SELECT DISTINCT pump_serial FROM raw_events", "--format", "csv")
                        .exits(0)
                        .out())
                .as("data for programs")
                .contains("\u001b[2J");
        assertThat(printable(tandem.run("sync", "--pump", "9" + CLEAR).exits(1)).err())
                .contains("\\u001b[2J");
    }

    @Test
    void texts_of_loaded_tables_file_names_and_arguments_are_escaped() throws IOException {
        String name = "view" + CLEAR + "\u202e";
        Files.writeString(
                folder.resolve("events" + CLEAR + ".jsonl"),
                "{\"event_name\":\"view\\u001b[2J\\u202e\",\"event_time\":\"2026-01-31T10:00:00Z\",\"distinct_id\":\"a\\u0085\","
                        + "\"insert_id\":\"1\",\"properties\":{\"k\\u001b[31m\":\"\\u009b2J\"}}\n"
                        + "{\"event_name\":\"\\u001b[2J\",\"event_time\":\"then\\u001b[2J\"}\n");
        TandemProcess tandem = new TandemProcess(folder).with("LC_ALL", "C.UTF-8");

        printable(tandem.run("load", "events", "web", "events" + CLEAR + ".jsonl", "--on-error", "skip", "-vv"));
        for (String[] command : List.of(
                new String[] {"sample", "web"},
                new String[] {"summarize", "web"},
                new String[] {"breakdown", "web"},
                new String[] {"keys", "web"},
                new String[] {"column", "web", "event_name"},
                new String[] {"query", "SELECT event_name AS \"" + name + "\" FROM web"})) {
            TandemProcess.Result result = printable(tandem.run(command));
            assertThat(result.exitCode()).as("%s: %s", command[0], result.err()).isZero();
            assertThat(result.out()).as(command[0]).contains("\\u001b[");
        }
        for (String[] command : List.of(
                new String[] {"load", "events", "other", "none" + CLEAR + ".jsonl"},
                new String[] {"sample", "web" + CLEAR},
                new String[] {"query", "SELECT 1 FROM \"nowhere" + CLEAR + "\""},
                new String[] {"tables", "--db", "none" + CLEAR + ".db"},
                new String[] {"tables", "--" + CLEAR},
                new String[] {CLEAR})) {
            TandemProcess.Result result = printable(tandem.run(command));
            assertThat(result.exitCode()).as(command[0]).isNotZero();
            assertThat(result.err()).as(command[0]).startsWith("tandem: ").contains("\\u001b[2J");
        }
    }

    @Test
    void the_token_is_not_printed_where_the_service_sends_it_back_in_broken_headers() {
        AtomicReference<String> sent = new AtomicReference<>();
        try (RawServer server = new RawServer(head -> {
            String token = head.replaceAll("(?is).*\r\nauthorization: Bearer (\\S+)\r\n.*", "$1");
            sent.set(token);
            return "HTTP/1.1 400 " + CLEAR + "\r\nAuthorization: Bearer " + token + "\rX\r\nX-" + CLEAR + ": " + token
                    + "\r\n\r\n" + CLEAR;
        })) {
            TandemProcess tandem = ACCOUNT.in(folder).with("TANDEM_SOURCE_URL", server.url());

            String err = printable(tandem.run("pumps", "-vv").exits(4)).err();

            assertThat(sent.get()).doesNotContain(" ").hasSizeGreaterThan(20);
            assertThat(err).contains("\tat ").doesNotContain(sent.get());
        }
    }

    @Test
    void the_server_logs_no_value_of_a_header() throws Exception {
        TandemProcess tandem = ACCOUNT.in(folder);
        tandem.run("sync").exits(0);
        Files.writeString(folder.resolve("token"), SECRET + "0123456789abcdef0123456789abcdef\n");
        try (ServeProcess server = ServeProcess.start(tandem, "-v", "--jobs-dir", "jobs", "--token-file", "token")) {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + SECRET + "\rX\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + SECRET + CLEAR + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization" + CLEAR + ": Bearer " + SECRET + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization Bearer " + SECRET + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: " + SECRET + CLEAR + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + SECRET + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: " + SECRET + "\r\n\r\n",
                    "GET /" + CLEAR + "?q=" + SECRET + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    CLEAR + " / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET / " + SECRET + CLEAR + "\r\nHost: localhost\r\n\r\n",
                    "Authorization: Bearer " + SECRET + "\r\r\n\r\n")) {
                try (Socket client = new Socket("127.0.0.1", server.port())) {
                    client.setSoTimeout(20_000);
                    client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes())
                            .as(request)
                            .isNotEmpty();
                }
            }
            assertPrintable(server.log());
            assertThat(server.log()).doesNotContain(SECRET);
        }
    }
}
