package io.github.tandemfetch.web;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApiAccessTest {
    private static final List<String> NONE = List.of();

    private static int status(ApiAccess access, List<String> hosts, List<String> origins, List<String> tokens) {
        return access.refusal(hosts, origins, tokens).map(Problem::status).orElse(200);
    }

    @Test
    void a_server_is_asked_by_a_name_of_loopback_or_one_of_its_own() {
        ApiAccess access = ApiAccess.of("192.0.2.7", List.of("nas.local"), null);
        for (String host : List.of("localhost", "127.0.0.1:1", "[::1]:8001", "192.0.2.7:8001", "NAS.local")) {
            assertThat(status(access, List.of(host), NONE, NONE)).as(host).isEqualTo(200);
        }
        for (String host :
                List.of("evil.example", "nas.local.evil.example", "", "localhost:", "a b", "localhost@evil")) {
            assertThat(status(access, List.of(host), NONE, NONE)).as(host).isEqualTo(421);
        }
        assertThat(status(access, NONE, NONE, NONE)).isEqualTo(400);
        assertThat(status(access, List.of("localhost", "evil.example"), NONE, NONE))
                .isEqualTo(400);
    }

    @Test
    void only_its_own_origin_may_ask() {
        ApiAccess access = ApiAccess.of("127.0.0.1", NONE, null);
        List<String> host = List.of("localhost:8001");
        assertThat(status(access, host, List.of("http://localhost:8001"), NONE)).isEqualTo(200);
        for (String origin : List.of("null", "", "http://localhost", "http://localhost:80010", "http://evil.example")) {
            assertThat(status(access, host, List.of(origin), NONE)).as(origin).isEqualTo(403);
        }
    }

    @Test
    void a_token_is_asked_of_everybody_where_there_is_one() {
        ApiAccess access = ApiAccess.of("0.0.0.0", NONE, "0123456789abcdef");
        List<String> host = List.of("localhost");
        assertThat(status(access, host, NONE, List.of("Bearer 0123456789abcdef")))
                .isEqualTo(200);
        assertThat(status(access, host, NONE, List.of("bearer  0123456789abcdef ")))
                .isEqualTo(200);
        for (String wrong : List.of("Bearer", "Bearer ", "Bearer 0123456789abcdee", "Basic 0123456789abcdef", "")) {
            assertThat(status(access, host, NONE, List.of(wrong))).as(wrong).isEqualTo(401);
        }
        assertThat(status(access, host, NONE, NONE)).isEqualTo(401);
    }

    @Test
    void loopback_is_known() {
        assertThat(ApiAccess.isLoopback("127.0.0.2")).isTrue();
        assertThat(ApiAccess.isLoopback("::1")).isTrue();
        assertThat(ApiAccess.isLoopback("0.0.0.0")).isFalse();
        assertThat(ApiAccess.isLoopback("192.0.2.1")).isFalse();
    }
}
