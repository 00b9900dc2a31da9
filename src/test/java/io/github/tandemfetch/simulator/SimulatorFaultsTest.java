package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatorFaultsTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withPumpsWithHistory(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SimulatedTandemSource server;
    private static HandmadeLogin login;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = SimulatedTandemSource.start(OPTIONS);
        login = new HandmadeLogin(server);
        token = login.accessToken(OPTIONS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void clear() {
        server.faults().clear();
    }

    @Test
    void the_next_requests_fail_and_then_no_more() throws Exception {
        server.faults().failNext(RequestKind.PUMP_LOGS, 429, 2, 7);
        HttpResponse<InputStream> first = logs();
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(logs().statusCode()).isEqualTo(429);
        assertThat(logs().statusCode()).isEqualTo(200);
    }

    @Test
    void every_third_request_fails() throws Exception {
        server.faults().failEvery(RequestKind.PUMP_LOGS, 503, 3);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(logs().statusCode());
        }
        assertThat(statuses).containsExactly(200, 200, 503, 200, 200, 503);
    }

    @Test
    void a_fault_of_one_kind_leaves_the_others_alone() throws Exception {
        server.faults().failNext(RequestKind.PUMPER, 500, SimulatorFaults.ALWAYS);
        assertThat(logs().statusCode()).isEqualTo(200);
        assertThat(login.source(token, "api/reports/bff/pumper/" + server.pumperId())
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void a_dropped_connection_is_seen_by_the_client() throws Exception {
        server.faults().dropNext(RequestKind.PUMP_LOGS, 100_000, 1);
        HttpResponse<InputStream> answer = logs();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void a_lying_length_is_seen_by_the_client() throws Exception {
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.LyingLength(50_000), 1);
        HttpResponse<InputStream> answer = logs();
        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void a_cut_body_ends_cleanly_but_is_not_json() throws Exception {
        server.faults().cutNext(RequestKind.PUMP_LOGS, 70_001, 1);
        byte[] body = logs().body().readAllBytes();
        assertThat(body).hasSize(70_001);
        assertThatThrownBy(() -> JSON.readTree(body)).isInstanceOf(JsonProcessingException.class);
        assertThat(JSON.readTree(logs().body()).get("events")).isNotEmpty();
    }

    @Test
    void a_page_comes_where_json_belongs() throws Exception {
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.Html(), 1);
        HttpResponse<InputStream> answer = logs();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    @Test
    void an_answer_can_be_empty_of_events() throws Exception {
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);
        assertThat(JSON.readTree(logs().body()).get("events")).isEmpty();
    }

    @Test
    void events_out_of_order_are_the_same_events() throws Exception {
        List<String> usual = events();
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.OutOfOrder(), 1);
        List<String> disordered = events();
        assertThat(disordered).isNotEqualTo(usual).containsExactlyInAnyOrderElementsOf(usual);
    }

    @Test
    void repeated_events_come_on_top() throws Exception {
        List<String> usual = events();
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.Repeated(10), 1);
        List<String> repeated = events();
        assertThat(repeated.size()).isGreaterThan(usual.size() * 21 / 20);
        Set<String> distinct = new HashSet<>(repeated);
        assertThat(distinct).hasSameSizeAs(usual).containsAll(usual);
    }

    @Test
    void changed_types_show() throws Exception {
        server.faults().next(RequestKind.ANY, new Fault.ChangedTypes(), SimulatorFaults.ALWAYS);
        assertThat(JSON.readTree(logs().body()).at("/events/0/sequenceNumber").isTextual())
                .isTrue();
        assertThat(JSON.readTree(login.source(token, "api/reports/bff/pumper/" + server.pumperId())
                                .body())
                        .get("pumps")
                        .isObject())
                .isTrue();
    }

    @Test
    void the_filter_can_be_ignored() throws Exception {
        String path = login.logsPath(server.pumps().get(0), "2026-11-12", "2026-11-13") + "&eventCodes=90";
        int filtered =
                JSON.readTree(login.source(token, path).body()).get("events").size();
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.IgnoredEventCodes(), 1);
        int all = JSON.readTree(login.source(token, path).body()).get("events").size();
        assertThat(filtered).isLessThan(10);
        assertThat(all).isGreaterThan(500);
    }

    @Test
    void slow_answers_are_whole() throws Exception {
        List<String> usual = events();
        server.faults().delayNext(RequestKind.PUMP_LOGS, Duration.ofMillis(20), 1);
        server.faults().next(RequestKind.PUMP_LOGS, new Fault.Trickle(60_000, Duration.ofMillis(2)), 1);
        assertThat(events()).isEqualTo(usual);
    }

    @Test
    void expired_tokens_need_a_new_login() throws Exception {
        HandmadeLogin another = new HandmadeLogin(server);
        String old = another.accessToken(OPTIONS);
        server.faults().expireTokens();
        assertThat(another.source(old, "api/reports/bff/pumper/" + server.pumperId())
                        .statusCode())
                .isEqualTo(401);
        token = another.accessToken(OPTIONS);
        assertThat(logs().statusCode()).isEqualTo(200);
    }

    private static HttpResponse<InputStream> logs() throws Exception {
        return login.source(token, login.logsPath(server.pumps().get(0), "2026-11-12", "2026-11-15"));
    }

    private static List<String> events() throws Exception {
        HttpResponse<InputStream> answer = logs();
        List<String> events = new ArrayList<>();
        for (JsonNode event : JSON.readTree(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                .get("events")) {
            events.add(event.toString());
        }
        return events;
    }
}
