package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.failure.TandemException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatedTandemSourceTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withSeed(11);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SimulatedTandemSource server;

    @BeforeAll
    static void start() {
        server = SimulatedTandemSource.start(OPTIONS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "EU"})
    void a_whole_login_gives_an_id_token_that_verifies_against_the_published_keys(String region) throws Exception {
        SimulatorOptions options = OPTIONS.withRegion(region).withDays(1);
        try (SimulatedTandemSource regional = SimulatedTandemSource.start(options)) {
            HandmadeLogin login = new HandmadeLogin(regional);
            JsonNode tokens = login.logIn(options);
            JsonWebKeySet keys = new JsonWebKeySet(
                    login.get(URI.create(regional.accountsUrl() + "/.well-known/openid-configuration/jwks"))
                            .body());
            assertThat(keys.getJsonWebKeys()).hasSizeGreaterThan(1);
            JwtClaims claims = new JwtConsumerBuilder()
                    .setExpectedIssuer(regional.accountsUrl().toString())
                    .setExpectedAudience(regional.clientId())
                    .setRequireExpirationTime()
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                    .build()
                    .processToClaims(tokens.get("id_token").textValue());
            assertThat(claims.getClaimValueAsString("pumperId")).isEqualTo(regional.pumperId());
            assertThat(claims.getClaimValueAsString("accountId")).hasSize(36);
            assertThat(tokens.get("expires_in").intValue()).isEqualTo(8 * 3600);
        }
    }

    @Test
    void the_redirects_of_an_authorization_are_relative_and_absolute_and_echo_the_state() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        login.openSsoPage();
        login.postPassword(OPTIONS.email(), OPTIONS.password());
        HttpResponse<String> first = login.authorize(login.authorization());
        assertThat(first.headers().firstValue("Location").orElseThrow()).startsWith("/");
        List<URI> locations = login.follow(first);
        assertThat(locations).hasSizeGreaterThan(2);
        URI last = locations.get(locations.size() - 1);
        assertThat(last.toString()).startsWith(server.redirectUri().toString());
        assertThat(HandmadeLogin.parameter(last, "state")).isEqualTo("a state & more");
    }

    @Test
    void a_client_that_follows_every_redirect_by_itself_ends_on_a_page_whose_address_carries_the_code()
            throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        HandmadeLogin login = new HandmadeLogin(server);
        http.send(browser(server.ssoUrl()).build(), HttpResponse.BodyHandlers.discarding());
        http.send(
                browser(URI.create(server.accountsUrl() + "/login"))
                        .header("Referer", server.ssoUrl().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                                .put("username", OPTIONS.email())
                                .put("password", OPTIONS.password())
                                .toString()))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String query = login.authorization().entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .reduce((a, b) -> a + "&" + b)
                .orElseThrow();
        HttpResponse<String> landed = http.send(
                browser(URI.create(server.accountsUrl() + "/connect/authorize?" + query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(landed.statusCode()).isEqualTo(200);
        assertThat(login.redeem(HandmadeLogin.parameter(landed.uri(), "code"), HandmadeLogin.VERIFIER)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_pumper_answer_lists_current_retired_and_never_uploaded_pumps() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        JsonNode pumper =
                JSON.readTree(login.source(login.accessToken(OPTIONS), "api/reports/bff/pumper/" + server.pumperId())
                        .body());
        JsonNode pumps = pumper.get("pumps");
        assertThat(pumps).hasSize(3);
        JsonNode current = pumps.get(1);
        assertThat(current.get("maxDateOfEvents").textValue()).matches("2026-11-1[56]T\\d\\d:\\d\\d:\\d\\d");
        assertThat(current.get("lastUploadDate").textValue()).endsWith("Z");
        assertThat(current.at("/settings/details/profiles/profile/0/timeDependentSegments/1/startTime")
                        .intValue())
                .isEqualTo(300);
        assertThat(current.at("/settings/details/cgmSettings/lowGlucoseAlertMgPerDl")
                        .intValue())
                .isPositive();
        JsonNode never = pumps.get(2);
        assertThat(never.get("lastUploadDate").isNull()).isTrue();
        assertThat(never.get("maxDateOfEvents").isNull()).isTrue();
        assertThat(never.at("/availableDataRange/start").isNull()).isTrue();
        assertThat(never.get("settings").isNull()).isTrue();
        assertThat(pumps.get(0).has("algorithm")).isFalse();
    }

    @Test
    void a_window_is_served_with_the_very_text_that_the_truth_holds() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        String token = login.accessToken(OPTIONS);
        SimulatedPump pump = server.pumps().get(1);
        String body = login.pumpLogs(token, pump, "2026-10-20", "2026-11-03");
        List<String> expected = new ArrayList<>();
        pump.events(LocalDate.of(2026, 10, 20), LocalDate.of(2026, 11, 3))
                .filter(event -> !event.onlyAmongClockChanges())
                .forEach(event -> expected.add(event.json()));
        String changes = pump.clockChanges().stream()
                .map(SimulatedEvent::json)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        assertThat(body)
                .isEqualTo("{\"events\":[" + String.join(",", expected) + "],\"clockChanges\":[" + changes + "]}");
    }

    @Test
    void a_fallen_clocks_events_come_only_with_a_window_of_2008() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        String token = login.accessToken(OPTIONS);
        SimulatedPump pump = server.pumps().get(1);
        JsonNode fallen = JSON.readTree(login.pumpLogs(token, pump, "2008-01-01", "2008-01-02"));
        assertThat(fallen.get("events")).isNotEmpty();
        JsonNode usual = JSON.readTree(login.pumpLogs(token, pump, "2026-10-17", "2026-11-12"));
        assertThat(StreamSupport.stream(usual.get("events").spliterator(), false))
                .noneMatch(event -> event.get("pumpDateTime").textValue().startsWith("2008"));
    }

    @Test
    void clock_changes_span_the_history_and_only_some_are_among_the_events() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        SimulatedPump pump = server.pumps().get(1);
        JsonNode day = JSON.readTree(login.pumpLogs(login.accessToken(OPTIONS), pump, "2026-10-17", "2026-10-17"));
        assertThat(day.get("clockChanges")).hasSameSizeAs(pump.clockChanges());
        assertThat(pump.clockChanges())
                .anyMatch(SimulatedEvent::onlyAmongClockChanges)
                .anyMatch(change -> !change.onlyAmongClockChanges());
    }

    @Test
    void event_codes_filter_the_events() throws Exception {
        HandmadeLogin login = new HandmadeLogin(server);
        SimulatedPump pump = server.pumps().get(1);
        JsonNode answer = JSON.readTree(login.source(
                        login.accessToken(OPTIONS),
                        login.logsPath(pump, "2026-10-17", "2026-10-18") + "&eventCodes=279,399")
                .body());
        assertThat(answer.get("events"))
                .isNotEmpty()
                .allMatch(event -> event.get("eventCode").intValue() == 279
                        || event.get("eventCode").intValue() == 399);
    }

    @Test
    void the_request_log_tells_windows_and_statuses_and_no_secret() throws Exception {
        try (SimulatedTandemSource fresh =
                SimulatedTandemSource.start(OPTIONS.withDays(2).withPumpsWithHistory(1))) {
            HandmadeLogin login = new HandmadeLogin(fresh);
            String token = login.accessToken(OPTIONS);
            login.pumpLogs(token, fresh.pumps().get(0), "2026-11-14", "2026-11-15");
            assertThat(fresh.requests().count(RequestKind.PUMP_LOGS, 200)).isEqualTo(1);
            assertThat(fresh.requests().of(RequestKind.PUMP_LOGS).get(0).from()).contains(LocalDate.of(2026, 11, 14));
            assertThat(fresh.requests().count(RequestKind.LOGIN)).isEqualTo(1);
            assertThat(fresh.requests().all().toString())
                    .doesNotContain(token)
                    .doesNotContain(OPTIONS.password())
                    .doesNotContain("code=");
        }
    }

    @Test
    void a_later_upload_moves_the_range_and_leaves_the_earlier_answer_as_it_was() throws Exception {
        try (SimulatedTandemSource fresh =
                SimulatedTandemSource.start(OPTIONS.withDays(12).withPumpsWithHistory(1))) {
            HandmadeLogin login = new HandmadeLogin(fresh);
            String token = login.accessToken(OPTIONS);
            SimulatedPump pump = fresh.pumps().get(0);
            String before = login.pumpLogs(token, pump, "2026-11-04", "2026-11-15");
            var range = pump.availableDataRange().orElseThrow();
            var uploaded = pump.lastUpload().orElseThrow();
            pump.advanceDays(3);
            String events = before.substring(0, before.indexOf("],\"clockChanges\""));
            assertThat(login.pumpLogs(token, pump, "2026-11-04", "2026-11-15")).startsWith(events);
            assertThat(pump.availableDataRange().orElseThrow().start()).isEqualTo(range.start());
            assertThat(pump.availableDataRange().orElseThrow().end())
                    .isEqualTo(range.end()
                            .toLocalDate()
                            .plusDays(3)
                            .atTime(pump.availableDataRange()
                                    .orElseThrow()
                                    .end()
                                    .toLocalTime()));
            assertThat(pump.lastUpload().orElseThrow()).isAfter(uploaded);
        }
    }

    @Test
    void a_port_that_is_taken_is_said_with_what_to_do() {
        SimulatorOptions taken = OPTIONS.withDays(1).withPort(server.sourceUrl().getPort());
        assertThatThrownBy(() -> SimulatedTandemSource.start(taken))
                .isInstanceOf(TandemException.class)
                .hasMessageContaining(String.valueOf(taken.port()));
    }

    private static HttpRequest.Builder browser(URI uri) {
        return HttpRequest.newBuilder(uri).header("User-Agent", HandmadeLogin.BROWSER);
    }
}
