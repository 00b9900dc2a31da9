package io.github.tandemfetch.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProxySettingsTest {
    private static Optional<String> proxy(String url, Map<String, String> variables) {
        Path here = Path.of("").toAbsolutePath();
        return new ProxySettings(new Environment(variables, here, here))
                .proxyFor(URI.create(url))
                .map(ProxyAddress::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|true",
                "example.org|true",
                ".example.org|true",
                "*.example.org|true",
                "a.example.org:443|true",
                "a.example.org:8443|false",
                "ample.org|false",
                "other.test, EXAMPLE.ORG|true",
                "b.example.org|false"
            })
    void hosts_can_be_excepted(String list, boolean excepted) {
        Map<String, String> variables = Map.of("https_proxy", "p:3128", "no_proxy", list);
        assertThat(proxy("https://a.example.org/x", variables).isEmpty()).isEqualTo(excepted);
    }

    @Test
    void an_ipv6_address_can_be_excepted() {
        assertThat(proxy("https://[2001:db8::1]/", Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", "2001:db8::1")))
                .isEmpty();
        assertThat(proxy("https://[2001:db8::1]/", Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", "[2001:db8::1]:443")))
                .isEmpty();
    }

    @Test
    void the_variable_is_chosen_by_scheme_and_lower_case_first() {
        Map<String, String> variables =
                Map.of("https_proxy", "low:1", "HTTPS_PROXY", "up:2", "ALL_PROXY", "http://u:secret@[::2]");
        assertThat(proxy("https://a.test/", variables)).contains("low:1");
        assertThat(proxy("http://a.test/", variables)).contains("[::2]:1080");
        assertThat(proxy("http://127.0.0.1:9/", variables)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://u:secret@ho st:1", "socks5://u:secret@h:1", "http://u:secret@h:x", "u:secret@h:70000"})
    void a_malformed_address_is_told_without_its_password(String value) {
        assertThatThrownBy(() -> proxy("https://a.test/", Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }
}
