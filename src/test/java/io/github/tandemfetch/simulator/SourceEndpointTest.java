package io.github.tandemfetch.simulator;

import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

class SourceEndpointTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(3).withPumpsWithHistory(1);
    private static final String LOGS = "/source/api/reports/bff/pump-logs/";

    private static SimulatedTandemSource server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = SimulatedTandemSource.start(OPTIONS);
        token = new HandmadeLogin(server).accessToken(OPTIONS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, source/, Mozilla/5.0 (X11)",
                "https://source.tandemdiabetes.com, source/, Mozilla/5.0 (X11)",
                "source, none, Mozilla/5.0 (X11)",
                "source, source, Mozilla/5.0 (X11)",
                "source, source/, curl/8.5.0",
                "source, source/, Java-http-client/17",
            })
    void a_call_that_does_not_look_like_the_service_own_page_is_blocked(String origin, String referer, String agent) {
        RequestSpecification request =
                given().header("Authorization", "Bearer " + token).header("User-Agent", agent);
        if (origin != null) {
            request.header("Origin", origin.startsWith("http") ? origin : base() + "/" + origin);
        }
        if (referer != null) {
            request.header("Referer", base() + "/" + referer);
        }
        request.get(base() + "/source/api/reports/bff/pumper/" + server.pumperId())
                .then()
                .statusCode(403)
                .contentType("text/html")
                .body(containsString("The request is blocked."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Basic abc"})
    void a_call_without_a_good_token_is_unauthorized(String authorization) {
        RequestSpecification request = sameOrigin();
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        request.get(base() + "/source/api/reports/bff/pumper/" + server.pumperId())
                .then()
                .statusCode(401);
    }

    @Test
    void expired_tokens_are_unauthorized() throws Exception {
        try (SimulatedTandemSource brief =
                SimulatedTandemSource.start(OPTIONS.withDays(1).withTokenLifetime(Duration.ZERO))) {
            HandmadeLogin login = new HandmadeLogin(brief);
            String expired = login.accessToken(OPTIONS);
            assertThat(login.source(expired, "api/reports/bff/pumper/" + brief.pumperId())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startDate=2026-11-13T00:00:00Z&endDate=2026-12-11T23:59:59Z",
                "startDate=2026-11-14T00:00:00Z&endDate=2026-11-13T23:59:59Z",
                "startDate=2026-11-13&endDate=2026-11-14",
                "startDate=2026-11-13T00:00:00&endDate=2026-11-14T23:59:59",
                "startDate=2026-02-30T00:00:00Z&endDate=2026-03-02T23:59:59Z",
                "startDate=11/13/2026&endDate=11/14/2026",
            })
    void a_window_that_is_too_long_or_malformed_is_refused(String window) {
        allowed()
                .urlEncodingEnabled(false)
                .get(base() + LOGS + assignment() + "?pumperId=" + server.pumperId() + "&" + window)
                .then()
                .statusCode(400)
                .body("message", equalTo("Check input parameters."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventIds=1,2", "eventIds=", "limit=3", "eventCodes=1,x"})
    void a_parameter_that_the_service_does_not_know_is_a_schema_error(String more) {
        allowed()
                .urlEncodingEnabled(false)
                .get(base() + LOGS + assignment() + "?pumperId=" + server.pumperId()
                        + "&startDate=2026-11-13T00:00:00Z&endDate=2026-11-14T23:59:59Z&" + more)
                .then()
                .statusCode(400)
                .body("error.name", equalTo("ZodError"));
    }

    @Test
    void a_missing_parameter_is_a_schema_error() {
        allowed()
                .get(base() + LOGS + assignment() + "?startDate=2026-11-13T00:00:00Z&endDate=2026-11-14T23:59:59Z")
                .then()
                .statusCode(400)
                .body("error.name", equalTo("ZodError"));
    }

    @Test
    void a_window_of_exactly_28_days_and_empty_event_codes_are_fine() {
        allowed()
                .queryParam("pumperId", server.pumperId())
                .queryParam("startDate", "2026-11-01T00:00:00Z")
                .queryParam("endDate", "2026-11-28T23:59:59Z")
                .queryParam("eventCodes", "")
                .get(base() + LOGS + assignment())
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    @Test
    void an_unknown_person_pump_or_path_is_not_found() {
        String window = "&startDate=2026-11-13T00:00:00Z&endDate=2026-11-14T23:59:59Z";
        for (String path : new String[] {
            "/source/api/reports/bff/pumper/somebody-else",
            LOGS + "no-such-pump?pumperId=" + server.pumperId() + window,
            LOGS + assignment() + "?pumperId=somebody-else" + window,
            "/source/api/reports/reportsfacade/pumpevents/1",
        }) {
            allowed().get(base() + path).then().statusCode(404).contentType("text/html");
        }
    }

    @Test
    void a_pump_that_never_uploaded_has_no_events() {
        String never = server.pumps().get(1).assignmentId();
        allowed()
                .get(base() + LOGS + never + "?pumperId=" + server.pumperId()
                        + "&startDate=2026-11-13T00:00:00Z&endDate=2026-11-14T23:59:59Z")
                .then()
                .statusCode(200)
                .body(equalTo("{\"events\":[],\"clockChanges\":[]}"));
    }

    private static String base() {
        return "http://127.0.0.1:" + server.sourceUrl().getPort();
    }

    private static String assignment() {
        return server.pumps().get(0).assignmentId();
    }

    private static RequestSpecification sameOrigin() {
        return given().header("User-Agent", HandmadeLogin.BROWSER)
                .header("Origin", base() + "/source")
                .header("Referer", base() + "/source/");
    }

    private static RequestSpecification allowed() {
        return sameOrigin().header("Authorization", "Bearer " + token);
    }
}
