package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.RawServer;
import io.github.tandemfetch.source.RetryPolicy;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.source.SourceTimeouts;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.source.TandemSourceConnector;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is printed at {@code -vv} of answers that are hardly HTTP: no value of a header, nothing that a terminal obeys. */
@QuarkusTest
class BrokenHeadersTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withDays(1);
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\r\nauthorization: Bearer (\\S+)");
    private static final String SECRET = "s3cr3t-header";

    @TempDir
    Path folder;

    private static SimulatedTandemSource service;

    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    /** Answers; {@code TOKEN} stands for what the request's {@code Authorization} held, or for a secret. */
    enum Answer {
        STRAY_CARRIAGE_RETURN("HTTP/1.1 200 OK\r\nAuthorization: Bearer TOKEN\rX\r\nContent-Length: 2\r\n\r\n{}"),
        ESCAPE_IN_A_VALUE("HTTP/1.1 200 OK\r\nX-Echo: TOKEN\u001b[2J\u0000\r\nContent-Length: 2\r\n\r\n{}"),
        ESCAPE_IN_A_NAME("HTTP/1.1 200 OK\r\nAuthorization\u001b[2J: Bearer TOKEN\r\nContent-Length: 2\r\n\r\n{}"),
        NO_COLON("HTTP/1.1 200 OK\r\nAuthorization Bearer TOKEN\r\nContent-Length: 2\r\n\r\n{}"),
        STATUS_LINE("HTTP/1.1 \u001b[2J Bearer TOKEN\r\nContent-Length: 2\r\n\r\n{}"),
        REASON_PHRASE("HTTP/1.1 500 \u001b]0;TOKEN\u0007\r\nContent-Length: 2\r\n\r\n{}"),
        NO_HTTP("\u001b[2JAuthorization: Bearer TOKEN\r\n\r\n"),
        LENGTH("HTTP/1.1 200 OK\r\nContent-Length: TOKEN\u001b[2J\r\n\r\n{}"),
        CODING("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nTOKEN\u001b[2J\r\n{}\r\n0\r\n\r\n"),
        LOCATION("HTTP/1.1 302 Found\r\nLocation: http://TOKEN\u001b[2J/\r\nContent-Length: 0\r\n\r\n"),
        COOKIE("HTTP/1.1 200 OK\r\nSet-Cookie: a=TOKEN\rX; Path=\u001b[2J\r\nContent-Length: 2\r\n\r\n{}"),
        ERROR_PAGE("HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n<h1>\u001b[2J TOKEN"),
        ERROR_DOCUMENT("HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                + "{\"message\":\"bad \\u001b[2J\\u202e \u009b2J\"}");

        private final String text;

        Answer(String text) {
            this.text = text;
        }
    }

    @BeforeAll
    static void start() {
        service = SimulatedTandemSource.start(OPTIONS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private RawServer server(Answer answer) {
        return new RawServer(head -> {
            Matcher sent = AUTHORIZATION.matcher(head);
            String token = sent.find() ? sent.group(1) : SECRET;
            tokens.add(token);
            return answer.text.replace("TOKEN", token);
        });
    }

    /** What the command {@code pumps} would print. */
    private String printed(Endpoints endpoints) {
        Environment environment = new Environment(Map.of(), folder, folder);
        TandemSourceConnector connector = new TandemSourceConnector(
                new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)),
                new SourceTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                environment);
        Credentials credentials =
                new Credentials(OPTIONS.email(), new Secret(OPTIONS.password()), Region.parse(OPTIONS.region()));
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Output output = new Output(new Terminal(environment));
            SourceListener console = new PipelineConsole(output);
            TandemException failure = catchThrowableOfType(TandemException.class, () -> {
                try (TandemSourceClient client = connector.connect(credentials, endpoints, folder, console)) {
                    client.pumper();
                }
            });
            output.error(ErrorReport.of(failure));
            output.trace(failure);
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void hasNoSecretAndNoEscape(String printed) {
        assertThat(tokens).isNotEmpty();
        assertThat(printed).contains("tandem: ", "\tat ");
        tokens.forEach(token -> assertThat(printed).doesNotContain(token));
        assertThat(printed.replace("\n", "").replace("\t", ""))
                .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f\u202a-\u202e\u2066-\u2069]");
    }

    @ParameterizedTest
    @EnumSource(Answer.class)
    void in_the_login(Answer answer) {
        try (RawServer server = server(answer)) {
            String url = server.url();
            hasNoSecretAndNoEscape(printed(new Endpoints(url, url, url, "client", "http://127.0.0.1/callback")));
        }
    }

    @ParameterizedTest
    @EnumSource(Answer.class)
    void in_a_data_call(Answer answer) {
        try (RawServer server = server(answer)) {
            hasNoSecretAndNoEscape(printed(new Endpoints(
                    service.ssoUrl().toString(),
                    service.accountsUrl().toString(),
                    server.url(),
                    service.clientId(),
                    service.redirectUri().toString())));
        }
    }
}
