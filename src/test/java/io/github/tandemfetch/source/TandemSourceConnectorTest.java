package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.failure.ExitStatus;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.tandemfetch.source.ScriptedService.AUTHORIZE;
import static io.github.tandemfetch.source.ScriptedService.HOP;
import static io.github.tandemfetch.source.ScriptedService.KEYS;
import static io.github.tandemfetch.source.ScriptedService.LOGIN;
import static io.github.tandemfetch.source.ScriptedService.LOGS;
import static io.github.tandemfetch.source.ScriptedService.PUMPER;
import static io.github.tandemfetch.source.ScriptedService.SSO;
import static io.github.tandemfetch.source.ScriptedService.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every failure over real HTTP; after each test all that was said is searched for the secrets. */
@QuarkusTest
class TandemSourceConnectorTest {
    private static final RetryPolicy QUICK =
            new RetryPolicy(5, Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMinutes(5));
    private static final LocalDate DAY = LocalDate.of(2026, 5, 14);

    @TempDir
    Path folder;

    private final ScriptedService service = new ScriptedService();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final StringWriter everything = new StringWriter();
    private final Logger root = Logger.getLogger("");
    private final Level levelBefore = root.getLevel();
    private final Handler recorder = new Handler() {
        private final Formatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord logged) {
            synchronized (everything) {
                everything.append(formatter.format(logged));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private TandemSourceConnector connector = connector(QUICK, Duration.ofSeconds(20));
    private List<Handler> others = List.of();
    private int restarts;

    private final PumpLogSink sink = new PumpLogSink() {
        @Override
        public void reject(RejectedEvent event) {}

        @Override
        public void lacksClockChanges() {}

        @Override
        public void restart() {
            restarts++;
            taken.clear();
        }

        @Override
        public void accept(ReceivedEvent event) {
            taken.add(event.json());
        }
    };

    private final SourceListener listener = new SourceListener() {
        @Override
        public void loggingIn(Region region) {
            told.add("login " + region);
        }

        @Override
        public void tokenReused(Instant expiresAt) {
            told.add("reused");
        }

        @Override
        public void retrying(int attempt, int attempts, Duration wait, String reason) {
            waits.add(wait);
            told.add("retry " + attempt + "/" + attempts + ": " + reason);
        }

        @Override
        public void warning(String message) {
            told.add("warning " + message);
        }
    };

    @BeforeEach
    void listenToEveryLogger() {
        others = List.of(root.getHandlers());
        others.forEach(root::removeHandler);
        root.addHandler(recorder);
        recorder.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void nothingSaidHoldsASecret() {
        root.removeHandler(recorder);
        others.forEach(root::addHandler);
        root.setLevel(levelBefore);
        service.close();
        told.forEach(everything::append);
        assertThat(everything.toString().lines().filter(line -> line.contains("canary")))
                .isEmpty();
    }

    private static TandemSourceConnector connector(RetryPolicy policy, Duration answer) {
        return new TandemSourceConnector(
                policy,
                new SourceTimeouts(Duration.ofSeconds(5), answer),
                new io.github.tandemfetch.config.Environment(
                        java.util.Map.of(),
                        java.nio.file.Path.of("").toAbsolutePath(),
                        java.nio.file.Path.of("").toAbsolutePath()));
    }

    private static Credentials credentials() {
        return new Credentials(ScriptedService.EMAIL, new Secret(ScriptedService.PASSWORD), Region.EU);
    }

    private TandemSourceClient client() {
        return connector.connect(credentials(), service.endpoints(), folder.resolve("cache"), listener);
    }

    private <E extends SourceException> E failure(Class<E> type, Runnable call) {
        E failure = catchThrowableOfType(type, call::run);
        assertThat(failure).isNotNull();
        failure.printStackTrace(new PrintWriter(everything));
        everything.append(failure.remedy()).append(failure.toString());
        assertThat(failure.remedy()).isNotBlank();
        return failure;
    }

    private <E extends SourceException> E loginFailure(Class<E> type) {
        try (TandemSourceClient client = client()) {
            return failure(type, client::session);
        }
    }

    private <E extends SourceException> E logsFailure(Class<E> type) {
        try (TandemSourceClient client = client()) {
            return failure(type, () -> client.pumpLogs("pump-1", DAY, DAY, sink));
        }
    }

    private void fetchLogs() {
        try (TandemSourceClient client = client()) {
            client.pumpLogs("pump-1", DAY, DAY.plusDays(27), sink);
        }
    }

    private int count(String path) {
        return service.requests(path).size();
    }

    @Test
    void nothing_is_requested_before_the_first_call() {
        client().close();
        assertThat(service.requestCount()).isZero();
    }

    @Test
    void a_first_call_logs_in_and_carries_what_the_service_wants_to_see() {
        fetchLogs();
        assertThat(taken).containsExactly(ScriptedService.event(1), ScriptedService.event(2));
        assertThat(told).containsExactly("login EU");
        ScriptedService.Request login = service.requests(LOGIN).get(0);
        assertThat(login.header("Referer")).isEqualTo(service.endpoints().ssoUrl());
        assertThat(login.header("Content-type")).isEqualTo("application/json");
        assertThat(login.header("User-agent")).startsWith("Mozilla/5.0");
        ScriptedService.Request logs = service.requests(LOGS).get(0);
        assertThat(logs.header("Authorization")).isEqualTo("Bearer " + ScriptedService.TOKEN);
        assertThat(logs.header("Origin")).isEqualTo(service.base());
        assertThat(logs.header("Referer")).isEqualTo(service.base() + "/");
        assertThat(logs.header("User-agent")).startsWith("Mozilla/5.0");
        assertThat(logs.parameters())
                .containsOnlyKeys("pumperId", "startDate", "endDate")
                .containsEntry("pumperId", ScriptedService.PUMPER_ID)
                .containsEntry("startDate", "2026-05-14T00:00:00Z")
                .containsEntry("endDate", "2026-06-10T23:59:59Z");
    }

    @Test
    void the_password_arrives_as_it_was_given() throws IOException {
        fetchLogs();
        var body = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(service.requests(LOGIN).get(0).body());
        assertThat(body.get("username").textValue()).isEqualTo(ScriptedService.EMAIL);
        assertThat(body.get("password").textValue()).isEqualTo(ScriptedService.PASSWORD);
    }

    @Test
    void the_pumps_are_read() {
        try (TandemSourceClient client = client()) {
            assertThat(client.pumper().pumps()).extracting(Pump::serialNumber).containsExactly("123");
        }
    }

    @Test
    void a_kept_token_saves_the_login() {
        fetchLogs();
        connector = connector(QUICK, Duration.ofSeconds(20));
        fetchLogs();
        assertThat(told).containsExactly("login EU", "reused");
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    /** The cache folder of a file system that becomes read-only, or full. */
    private void makeCacheUnwritable() throws IOException {
        Path cache = folder.resolve("cache");
        if (Files.isRegularFile(cache)) {
            return;
        }
        for (String name : new String[] {"token.json", "refused-logins.json"}) {
            Files.deleteIfExists(cache.resolve(name));
        }
        Files.deleteIfExists(cache);
        Files.writeString(cache, "a file, no folder");
    }

    private void makeCacheUnwritableDuringTheLogin() {
        service.always(SSO, request -> {
            makeCacheUnwritable();
            request.answer(200, "text/html", "<html>sign in", "Set-Cookie", "sso=1; Path=/");
        });
    }

    @Test
    void no_password_is_sent_where_a_refusal_could_not_be_remembered() throws IOException {
        makeCacheUnwritable();
        for (int i = 0; i < 2; i++) {
            connector = connector(QUICK, Duration.ofSeconds(20));
            ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, this::fetchLogs);
            assertThat(failure.code()).isEqualTo("CACHE_FOLDER_UNUSABLE");
            assertThat(failure).hasMessageContaining("The password was not sent");
            assertThat(failure.remedy()).contains("XDG_CACHE_HOME");
        }
        assertThat(service.requestCount()).isZero();
    }

    @Test
    void a_token_that_cannot_be_kept_is_a_warning_and_no_failure() {
        makeCacheUnwritableDuringTheLogin();
        fetchLogs();
        assertThat(taken).hasSize(2);
        assertThat(told).hasSize(2).last().asString().startsWith("warning ");
    }

    @Test
    void a_process_that_stays_logs_in_once_though_its_cache_is_unwritable() {
        makeCacheUnwritableDuringTheLogin();
        fetchLogs();
        fetchLogs();
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    @Test
    void a_process_that_stays_renews_its_token_though_its_cache_is_unwritable() {
        makeCacheUnwritableDuringTheLogin();
        fetchLogs();
        service.next(LOGS, request -> request.json(401, "{}"));
        fetchLogs();
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-24, 24})
    void a_clock_that_is_a_day_wrong_does_not_matter_and_is_told(long hours) {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
        connector = new TandemSourceConnector(
                QUICK,
                new SourceTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20)),
                NetworkAccess.of(new io.github.tandemfetch.config.Environment(
                        java.util.Map.of(),
                        java.nio.file.Path.of("").toAbsolutePath(),
                        java.nio.file.Path.of("").toAbsolutePath())),
                wrong);
        service.always(
                SSO,
                r -> r.answer(
                        200,
                        "text/html",
                        "<html>",
                        "Set-Cookie",
                        "sso=1; Path=/; Expires="
                                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        ZonedDateTime.now(ZoneOffset.UTC).plusHours(1))));

        fetchLogs();
        fetchLogs();

        assertThat(count(LOGIN)).isEqualTo(1);
        assertThat(told).contains("reused");
        assertThat(told)
                .filteredOn(line -> line.startsWith("warning "))
                .singleElement()
                .asString()
                .contains("minutes " + (hours < 0 ? "behind" : "ahead of") + " Tandem Source's");
    }

    @Test
    void a_date_to_wait_for_is_meant_by_the_clock_of_the_service() {
        // The next day, and no more than a second from what that answer says it is.
        try (RawServer dayAhead = new RawServer("HTTP/1.1 429 Too Many\r\nDate: Sun, 22 Nov 2099 10:00:00 GMT\r\n"
                + "Retry-After: Sun, 22 Nov 2099 10:00:01 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            Endpoints there = new Endpoints(
                    service.endpoints().ssoUrl(),
                    service.endpoints().accountsUrl(),
                    dayAhead.url(),
                    service.endpoints().clientId(),
                    service.endpoints().redirectUri());
            connector = connector(
                    new RetryPolicy(2, Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMinutes(5)),
                    Duration.ofSeconds(20));
            try (TandemSourceClient client =
                    connector.connect(credentials(), there, folder.resolve("cache"), listener)) {
                failure(TransientSourceException.class, client::pumper);
            }
        }
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "garbage",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
                "HTTP/1.1 99999 X\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nno!!",
                "HTTP/1.1 200 OK\r\nNo colon here\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 302 Found\r\nLocation: ht!tp://[\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 429 Slow\r\nRetry-After: \u0001\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 None\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void what_is_hardly_http_is_a_failure_of_ours(String answer) {
        connector = connector(
                new RetryPolicy(2, Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofMinutes(5)),
                Duration.ofSeconds(2));
        try (RawServer garbage = new RawServer(answer)) {
            Endpoints sound = service.endpoints();
            Endpoints data = new Endpoints(
                    sound.ssoUrl(), sound.accountsUrl(), garbage.url(), sound.clientId(), sound.redirectUri());
            try (TandemSourceClient client =
                    connector.connect(credentials(), data, folder.resolve("cache"), listener)) {
                failure(SourceException.class, client::pumper);
                failure(SourceException.class, () -> client.pumpLogs("pump-1", DAY, DAY, sink));
            }
            if (answer.startsWith("HTTP/1.1 20") && !answer.contains("-5") && !answer.contains("9999")) {
                // For a sign-in page any success will do.
                return;
            }
            Endpoints login = new Endpoints(
                    garbage.url(), sound.accountsUrl(), sound.sourceUrl(), sound.clientId(), sound.redirectUri());
            try (TandemSourceClient client =
                    connector.connect(credentials(), login, folder.resolve("other cache"), listener)) {
                connector.logout(folder.resolve("other cache"));
                failure(SourceException.class, client::session);
            }
        }
    }

    @Test
    void a_refused_password_is_never_tried_again() {
        service.always(LOGIN, r -> r.json(401, "{\"error\":\"account/invalid_credentials\"}"));
        LoginRefusedException first = loginFailure(LoginRefusedException.class);
        assertThat(first.code()).isEqualTo("LOGIN_REFUSED");
        assertThat(first.exitStatus()).isEqualTo(ExitStatus.SERVICE_FAILURE);
        assertThat(first).hasMessageContaining("region EU");
        int requests = service.requestCount();

        assertThat(loginFailure(LoginRefusedBeforeException.class).remedy()).contains("tandem login");
        connector = connector(QUICK, Duration.ofSeconds(20));
        assertThat(loginFailure(LoginRefusedBeforeException.class)).hasMessageContaining("region EU");
        assertThat(service.requestCount()).isEqualTo(requests);
    }

    @Test
    void a_refused_password_is_not_tried_again_in_this_process_though_the_cache_is_unwritable() {
        makeCacheUnwritableDuringTheLogin();
        service.always(LOGIN, r -> r.json(401, "{\"error\":\"account/invalid_credentials\"}"));
        loginFailure(LoginRefusedException.class);
        loginFailure(LoginRefusedBeforeException.class);
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    @Test
    void the_login_command_tries_refused_credentials_anew_and_clears_their_record() {
        service.next(LOGIN, r -> r.json(401, "{\"error\":\"account/invalid_credentials\"}"));
        loginFailure(LoginRefusedException.class);
        Session session = connector.login(credentials(), service.endpoints(), folder.resolve("cache"), listener);
        everything.append(session.toString());
        assertThat(session.pumperId()).isEqualTo(ScriptedService.PUMPER_ID);
        assertThat(folder.resolve("cache/refused-logins.json")).doesNotExist();
        fetchLogs();
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    @Test
    void another_password_is_tried_although_the_first_was_refused() {
        service.next(LOGIN, r -> r.json(401, "{\"error\":\"account/invalid_credentials\"}"));
        loginFailure(LoginRefusedException.class);
        Credentials other = new Credentials(ScriptedService.EMAIL, new Secret("canary-other"), Region.EU);
        try (TandemSourceClient client =
                connector.connect(other, service.endpoints(), folder.resolve("cache"), listener)) {
            assertThat(client.session()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"MFA_REQUIRED\"}", "{\"status\":\"<b>canary\"}", "{}"})
    void a_login_answer_without_success_stops_and_names_the_region(String body) {
        service.always(LOGIN, r -> r.json(200, body));
        LoginRefusedException failure = loginFailure(LoginRefusedException.class);
        assertThat(failure.code()).isEqualTo("LOGIN_INCOMPLETE");
        assertThat(failure)
                .hasMessageContaining("region EU")
                .hasMessageContaining(body.contains("MFA") ? "status MFA_REQUIRED" : "no status");
        assertThat(failure.remedy()).contains("browser");
        loginFailure(LoginRefusedBeforeException.class);
        assertThat(count(LOGIN)).isEqualTo(1);
        assertThat(folder.resolve("cache/refused-logins.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 429})
    void a_locked_account_is_left_alone(int status) {
        service.always(LOGIN, r -> r.json(status, "{\"error\":\"Max attempted logins exceeded\"}"));
        assertThat(loginFailure(AccountLockedException.class).code()).isEqualTo("ACCOUNT_LOCKED");
        loginFailure(AccountLockedException.class);
        connector = connector(QUICK, Duration.ofSeconds(20));
        loginFailure(AccountLockedException.class);
        assertThat(count(LOGIN)).isEqualTo(1);

        connector = connectorAfter(Duration.ofMinutes(61));
        loginFailure(AccountLockedException.class);
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    /** The connector of a later run. */
    private TandemSourceConnector connectorAfter(Duration time) {
        return new TandemSourceConnector(
                QUICK,
                new SourceTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20)),
                NetworkAccess.of(new io.github.tandemfetch.config.Environment(java.util.Map.of(), folder, folder)),
                Clock.offset(Clock.systemUTC(), time));
    }

    @Test
    void a_fault_during_the_login_is_repeated_and_not_taken_for_a_refusal() {
        service.next(SSO, r -> r.answer(503, "text/html", "<html>busy"))
                .next(LOGIN, r -> r.json(502, "{}"))
                .next(AUTHORIZE, r -> r.json(500, "{}"))
                .next(TOKENS, r -> r.json(504, "{}"))
                .next(TOKENS, r -> r.cutShort("{\"access_token\":"))
                .next(KEYS, r -> r.json(429, "{}", "Retry-After", "0"));
        fetchLogs();
        assertThat(taken).hasSize(2);
        assertThat(waits).hasSize(6);
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    @Test
    void a_firewall_page_during_the_login_has_its_own_message() {
        service.always(LOGIN, r -> r.answer(403, "text/html", "<html>The request is blocked. canary"));
        assertThat(loginFailure(SourceException.class).code()).isEqualTo("BLOCKED_BY_FIREWALL");
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    @Test
    void a_rejected_login_request_does_not_show_what_was_sent() {
        service.always(LOGIN, r -> r.json(400, "{\"message\":\"bad user " + ScriptedService.EMAIL + "\"}"));
        assertThat(loginFailure(RequestRejectedException.class)).hasMessageContaining("bad user ********");
    }

    @Test
    void a_login_address_that_is_gone_means_the_service_changed() {
        service.always(LOGIN, r -> r.answer(404, "text/html", "<html>gone"));
        assertThat(loginFailure(UnexpectedAnswerException.class)).hasMessageContaining("404");
    }

    @Test
    void an_error_in_the_callback_has_its_own_message() {
        service.always(
                HOP,
                r -> r.answer(
                        302,
                        "text/plain",
                        "",
                        "Location",
                        service.redirectUri() + "?error=access_denied&error_description=canary"));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("access_denied");
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=canary-code&state=other", "?state=other"})
    void a_callback_that_was_not_asked_for_is_not_believed(String query) {
        service.always(HOP, r -> r.answer(302, "text/plain", "", "Location", service.redirectUri() + query));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("state");
        assertThat(count(TOKENS)).isZero();
    }

    @Test
    void redirects_in_circles_end() {
        service.always(HOP, r -> r.answer(307, "text/plain", "", "Location", "?again=1"));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("circles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/accounts", "ftp://127.0.0.1/", "http:///", "file:///etc/passwd"})
    void a_redirect_out_of_encryption_is_not_followed(String location) {
        service.always(HOP, r -> r.answer(302, "text/plain", "", "Location", location));
        assertThat(loginFailure(UnexpectedAnswerException.class)).hasMessageContaining("redirected");
    }

    @Test
    void an_authorization_that_leads_nowhere_is_a_failure() {
        service.always(AUTHORIZE, r -> r.answer(200, "text/html", "<html>please sign in"));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("lead back");
    }

    @Test
    void a_refused_code_is_a_failure_of_the_login_and_not_of_the_password() {
        service.always(TOKENS, r -> r.json(400, "{\"error\":\"invalid_grant\"}"));
        loginFailure(SourceException.class);
        assertThat(count(LOGIN)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "{\"access_token\":\"canary\"}", "{\"id_token\":\"canary\"}"})
    void a_token_answer_that_does_not_fit_is_an_error(String body) {
        service.always(TOKENS, r -> r.json(200, body));
        loginFailure(UnexpectedAnswerException.class);
    }

    private void idToken(String token) {
        service.always(TOKENS, r -> r.json(200, service.tokenAnswer(token)));
    }

    @Test
    void an_id_token_signed_by_another_key_is_not_trusted() {
        RsaJsonWebKey other = ScriptedService.newKey("key-1");
        idToken(ScriptedService.signed(service.claims(), other));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("signature");
        other.setKeyId("key-2");
        idToken(ScriptedService.signed(service.claims(), other));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("signature");
    }

    @Test
    void an_unsigned_id_token_is_not_trusted() {
        java.util.Base64.Encoder base64 = java.util.Base64.getUrlEncoder().withoutPadding();
        idToken(base64.encodeToString("{\"alg\":\"none\"}".getBytes()) + "."
                + base64.encodeToString(service.claims().toJson().getBytes()) + ".");
        loginFailure(SourceException.class);
    }

    @Test
    void an_id_token_of_another_issuer_is_not_trusted() {
        JwtClaims claims = service.claims();
        claims.setIssuer("https://elsewhere.example");
        idToken(service.signed(claims));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("another service");
    }

    @Test
    void an_id_token_for_another_application_is_not_trusted() {
        JwtClaims claims = service.claims();
        claims.setAudience("another");
        idToken(service.signed(claims));
        assertThat(loginFailure(SourceException.class)).hasMessageContaining("another application");
    }

    @Test
    void an_id_token_may_have_expired_for_five_minutes_and_no_longer() {
        JwtClaims claims = service.claims();
        claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 3600));
        claims.setExpirationTimeMinutesInTheFuture(-4);
        idToken(service.signed(claims));
        fetchLogs();
        claims.setExpirationTimeMinutesInTheFuture(-7);
        idToken(service.signed(claims));
        SourceException failure = failure(
                SourceException.class,
                () -> connector.login(credentials(), service.endpoints(), folder.resolve("cache"), listener));
        assertThat(failure).hasMessageContaining("expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>canary", "not json", "{"})
    void a_web_page_in_the_place_of_a_login_answer_is_no_refusal(String body) {
        service.next(LOGIN, r -> r.answer(200, "text/html", body));
        SourceException failure = loginFailure(SourceException.class);
        assertThat(failure.code()).isEqualTo("LOGIN_ANSWERED_BY_PAGE");
        assertThat(failure).hasMessageContaining("region EU");
        assertThat(folder.resolve("cache/refused-logins.json")).doesNotExist();
        fetchLogs();
        assertThat(taken).hasSize(2);
    }

    @Test
    void the_access_token_names_the_person_where_the_id_token_does_not() {
        JwtClaims claims = service.claims();
        claims.unsetClaim("pumperId");
        JwtClaims access = new JwtClaims();
        access.setStringClaim("tandem_pumper_id", ScriptedService.PUMPER_ID);
        service.always(
                TOKENS,
                r -> r.json(
                        200,
                        service.tokenAnswer(service.signed(claims))
                                .replace(ScriptedService.TOKEN, service.signed(access))));
        assertThat(connector
                        .login(credentials(), service.endpoints(), folder.resolve("cache"), listener)
                        .pumperId())
                .isEqualTo(ScriptedService.PUMPER_ID);
    }

    @Test
    void a_token_for_another_application_names_the_setting() {
        JwtClaims claims = service.claims();
        claims.setAudience("another-client");
        idToken(service.signed(claims));
        SourceException failure = loginFailure(SourceException.class);
        assertThat(failure).hasMessageContaining("another application");
        assertThat(failure.remedy()).contains("TANDEM_CLIENT_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pumperId", "accountId"})
    void an_id_token_without_the_person_is_an_error(String claim) {
        JwtClaims claims = service.claims();
        claims.unsetClaim(claim);
        idToken(service.signed(claims));
        assertThat(loginFailure(UnexpectedAnswerException.class)).hasMessageContaining(claim);
    }

    @Test
    void keys_that_are_none_are_an_error() {
        service.always(KEYS, r -> r.answer(200, "text/html", "<html>"));
        loginFailure(UnexpectedAnswerException.class);
    }

    @Test
    void a_refused_token_is_renewed_once() {
        fetchLogs();
        service.next(LOGS, r -> r.json(401, "{}"));
        fetchLogs();
        assertThat(taken).hasSize(2);
        assertThat(told).containsExactly("login EU", "reused", "login EU");
    }

    @Test
    void a_token_refused_twice_ends_the_call() {
        service.always(LOGS, r -> r.json(401, "{\"canary\":1}"));
        assertThat(logsFailure(SourceException.class).code()).isEqualTo("SESSION_REFUSED");
        assertThat(count(LOGIN)).isEqualTo(2);
        assertThat(count(LOGS)).isEqualTo(2);
    }

    @Test
    void a_token_refused_after_a_retry_is_still_renewed_only_once() {
        service.next(LOGS, r -> r.json(401, "{}"))
                .next(LOGS, r -> r.json(503, "{}"))
                .next(LOGS, r -> r.json(401, "{}"));
        logsFailure(SourceException.class);
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    @Test
    void a_password_refused_at_the_renewal_ends_the_call() {
        fetchLogs();
        service.always(LOGS, r -> r.json(401, "{}"));
        service.always(LOGIN, r -> r.json(401, "{\"error\":\"account/invalid_credentials\"}"));
        logsFailure(LoginRefusedException.class);
        assertThat(count(LOGIN)).isEqualTo(2);
    }

    @Test
    void a_firewall_page_on_a_data_call_is_not_repeated() {
        service.always(LOGS, r -> r.answer(403, "text/html; charset=utf-8", "<html>The request is blocked."));
        assertThat(logsFailure(SourceException.class)).hasMessageContaining("firewall");
        assertThat(count(LOGS)).isEqualTo(1);
    }

    @Test
    void a_denial_without_a_page_is_not_the_firewall() {
        service.always(LOGS, r -> r.json(403, "{}"));
        assertThat(logsFailure(SourceException.class).code()).isEqualTo("ACCESS_DENIED");
    }

    @Test
    void a_rejected_request_shows_the_words_of_the_service_made_harmless() {
        service.always(
                LOGS,
                r -> r.json(
                        400,
                        "{\"success\":false,\"error\":{\"name\":\"ZodError\",\"issues\":[{\"message\":\"Check input\\u001b[31m "
                                + "parameters. " + ScriptedService.TOKEN + "\"},{\"message\":\"" + "x".repeat(5000)
                                + "\"}]}}"));
        RequestRejectedException failure = logsFailure(RequestRejectedException.class);
        assertThat(failure).hasMessageContaining("ZodError; Check input [31m parameters.");
        assertThat(failure.getMessage()).hasSizeLessThan(400).doesNotContain("\u001b");
        assertThat(count(LOGS)).isEqualTo(1);
    }

    @Test
    void an_address_that_is_gone_means_the_service_changed() {
        service.always(LOGS, r -> r.answer(404, "text/html", "<html>not here"));
        assertThat(logsFailure(UnexpectedAnswerException.class)).hasMessageContaining("404");
        assertThat(count(LOGS)).isEqualTo(1);
    }

    @Test
    void a_redirected_data_call_is_not_followed() {
        service.always(LOGS, r -> r.answer(302, "text/plain", "", "Location", "/elsewhere"));
        assertThat(logsFailure(UnexpectedAnswerException.class)).hasMessageContaining("302");
    }

    @Test
    void too_many_requests_wait_as_long_as_the_service_says() {
        service.next(LOGS, r -> r.json(429, "{}", "Retry-After", "1"));
        fetchLogs();
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        assertThat(told).contains("retry 2/5: too many requests (HTTP status 429)");
        assertThat(restarts).isEqualTo(2);
        assertThat(taken).hasSize(2);
    }

    @Test
    void an_interrupted_wait_ends_the_call_as_interrupted() {
        service.always(LOGS, r -> r.json(429, "{}", "Retry-After", "200"));
        try (TandemSourceClient client = client()) {
            client.session();
            Thread waiting = Thread.currentThread();
            SourceException failure = failure(
                    SourceException.class,
                    () -> client.pumpLogs("pump-1", DAY, DAY, new PumpLogSink() {
                        @Override
                        public void reject(RejectedEvent event) {}

                        @Override
                        public void lacksClockChanges() {}

                        @Override
                        public void restart() {
                            service.always(LOGS, r -> {
                                r.json(429, "{}", "Retry-After", "200");
                                waiting.interrupt();
                            });
                        }

                        @Override
                        public void accept(ReceivedEvent event) {}
                    }));
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_refusal_that_is_not_about_the_credentials_is_not_remembered_for_the_next_run() {
        service.next(LOGIN, r -> r.json(401, "{\"error\":\"account/unverified\"}"));
        loginFailure(LoginRefusedException.class);
        loginFailure(LoginRefusedBeforeException.class);
        connector = connector(QUICK, Duration.ofSeconds(20));
        fetchLogs();
        assertThat(taken).hasSize(2);
    }

    @Test
    void a_wait_that_no_command_should_hang_for_is_a_failure() {
        service.always(LOGS, r -> r.json(429, "{}", "Retry-After", "3600"));
        assertThat(logsFailure(WaitTooLongException.class)).hasMessageContaining("3600 seconds");
        assertThat(count(LOGS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void a_service_in_trouble_is_asked_five_times(int status) {
        service.always(LOGS, r -> r.answer(status, "text/html", "<html>trouble"));
        assertThat(logsFailure(ServiceUnavailableException.class)).hasMessageContaining("" + status);
        assertThat(count(LOGS)).isEqualTo(5);
        assertThat(waits).hasSize(4).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(10)));
    }

    @Test
    void a_body_cut_short_is_fetched_again_from_the_start() {
        service.next(LOGS, r -> r.cutShort("{\"events\":[" + ScriptedService.event(1) + ","))
                .next(LOGS, r -> r.json(200, "{\"events\":[" + ScriptedService.event(1) + ","))
                .next(LOGS, r -> {
                    throw new IOException("no answer at all");
                });
        fetchLogs();
        assertThat(taken).containsExactly(ScriptedService.event(1), ScriptedService.event(2));
        assertThat(restarts).isEqualTo(4);
    }

    @Test
    void a_list_of_pumps_cut_short_is_fetched_again() {
        service.next(PUMPER, r -> r.cutShort("{\"pumps\":[")).next(PUMPER, r -> r.json(200, "{\"pumps\":["));
        try (TandemSourceClient client = client()) {
            assertThat(client.pumper().pumps()).hasSize(1);
        }
    }

    @Test
    void a_body_that_is_always_cut_short_ends_as_a_lost_connection() {
        service.always(LOGS, r -> r.cutShort("{\"events\":["));
        assertThat(logsFailure(ConnectionLostException.class).code()).isEqualTo("CONNECTION_LOST");
        assertThat(count(LOGS)).isEqualTo(5);
    }

    @Test
    void an_answer_that_does_not_come_is_a_timeout() {
        connector = connector(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ofMillis(300));
        service.always(LOGS, ScriptedServiceStall::beforeTheAnswer);
        assertThat(logsFailure(ConnectionLostException.class).code()).isIn("TIMEOUT", "CONNECTION_LOST");
        assertThat(count(LOGS)).isEqualTo(2);
    }

    @Test
    void a_body_that_stalls_is_a_timeout_too() {
        connector = connector(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ofMillis(300));
        service.always(LOGS, ScriptedServiceStall::inTheMiddle);
        logsFailure(ConnectionLostException.class);
        assertThat(count(LOGS)).isEqualTo(2);
    }

    @Test
    void a_login_that_stalls_is_a_timeout_too() {
        connector = connector(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO), Duration.ofMillis(300));
        service.always(LOGIN, ScriptedServiceStall::beforeTheAnswer);
        assertThat(loginFailure(ConnectionLostException.class).code()).isEqualTo("TIMEOUT");
    }

    @Test
    void a_sink_that_fails_is_not_asked_again_and_the_next_call_works() {
        try (TandemSourceClient client = client()) {
            IllegalStateException full = catchThrowableOfType(
                    IllegalStateException.class,
                    () -> client.pumpLogs("pump-1", DAY, DAY, new PumpLogSink() {
                        @Override
                        public void reject(RejectedEvent event) {}

                        @Override
                        public void lacksClockChanges() {}

                        @Override
                        public void restart() {}

                        @Override
                        public void accept(ReceivedEvent event) {
                            throw new IllegalStateException("disk full");
                        }
                    }));
            assertThat(full).hasMessage("disk full");
            assertThat(count(LOGS)).isEqualTo(1);
            client.pumpLogs("pump-1", DAY, DAY, sink);
            assertThat(taken).hasSize(2);
        }
    }

    @Test
    void an_answer_that_does_not_fit_is_not_repeated() {
        service.always(LOGS, r -> r.answer(200, "text/html", "<html>maintenance"));
        logsFailure(UnexpectedAnswerException.class);
        assertThat(count(LOGS)).isEqualTo(1);
    }

    private <E extends SourceException> E unreachable(Class<E> type, Endpoints endpoints) {
        try (TandemSourceClient client =
                connector.connect(credentials(), endpoints, folder.resolve("cache"), listener)) {
            return failure(type, client::pumper);
        }
    }

    private Endpoints at(String sso, String source) {
        Endpoints own = service.endpoints();
        return new Endpoints(sso, own.accountsUrl(), source, own.clientId(), own.redirectUri());
    }

    @Test
    void an_unknown_host_is_named_and_not_asked_again() {
        String base = service.base();
        assertThat(unreachable(HostNotReachedException.class, at("https://sso.invalid/", base)))
                .hasMessageContaining("sso.invalid");
        assertThat(unreachable(HostNotReachedException.class, at(base + SSO, "https://source.invalid/"))
                        .code())
                .isEqualTo("HOST_UNKNOWN");
        assertThat(waits).isEmpty();
    }

    @Test
    void a_host_where_nothing_listens_is_named() {
        String base = service.base();
        assertThat(unreachable(ConnectionLostException.class, at("http://127.0.0.1:1/", base))
                        .code())
                .isEqualTo("HOST_UNREACHABLE");
        assertThat(unreachable(ConnectionLostException.class, at(base + SSO, "http://127.0.0.1:1/"))
                        .code())
                .isEqualTo("HOST_UNREACHABLE");
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_a_failure_of_its_own() throws Exception {
        String base = service.base();
        try (SelfSignedServer untrusted = new SelfSignedServer(folder)) {
            assertThat(unreachable(HostNotReachedException.class, at(untrusted.base(), base))
                            .code())
                    .isEqualTo("TLS_FAILED");
            assertThat(unreachable(HostNotReachedException.class, at(base + SSO, untrusted.base()))
                            .code())
                    .isEqualTo("TLS_FAILED");
        }
        assertThat(waits).isEmpty();
    }
}
