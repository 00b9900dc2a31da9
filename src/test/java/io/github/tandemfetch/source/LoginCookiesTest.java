package io.github.tandemfetch.source;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginCookiesTest {
    private final LoginCookies cookies = new LoginCookies();

    private void set(String url, String... headers) {
        cookies.put(URI.create(url), Map.of("set-cookie", List.of(headers)));
    }

    private String sent(String url) {
        return String.join("", cookies.get(URI.create(url), Map.of()).getOrDefault("Cookie", List.of()));
    }

    @Test
    void a_cookie_with_max_age_comes_back_as_name_and_value_only() {
        set("https://a.example/x/login", "sid=\"v=1\"; Max-Age=60; Path=/; HttpOnly", "two=2; path=/");
        assertThat(sent("https://a.example/y")).isEqualTo("sid=\"v=1\"; two=2");
    }

    @Test
    void a_cookie_goes_to_the_domain_it_names_and_to_no_other() {
        set(
                "https://services.eu.example.com/",
                "up=1; Domain=example.com",
                "own=2",
                "foreign=3; Domain=other.com",
                "tld=4; Domain=com");
        assertThat(sent("https://services.eu.example.com/")).isEqualTo("up=1; own=2");
        assertThat(sent("https://source.example.com/")).isEqualTo("up=1");
        assertThat(sent("https://badexample.com/")).isEmpty();
    }

    @Test
    void a_cookie_goes_to_its_path_and_below() {
        set("https://a.example/accounts/api/login", "deep=1", "whole=2; Path=/accounts");
        assertThat(sent("https://a.example/accounts/api/connect")).isEqualTo("deep=1; whole=2");
        assertThat(sent("https://a.example/accounts")).isEqualTo("whole=2");
        assertThat(sent("https://a.example/accountsx")).isEmpty();
    }

    @Test
    void a_secure_cookie_needs_encryption_or_this_machine() {
        set("https://a.example/", "s=1; Secure");
        assertThat(sent("http://a.example/")).isEmpty();
        set("http://localhost:8080/", "s=2; Secure; Domain=localhost");
        assertThat(sent("http://localhost:9090/")).isEqualTo("s=2");
    }

    @Test
    void a_cookie_is_replaced_and_removed_as_the_server_says() {
        set("https://a.example/", "a=1", "b=1", "c=1", "d=1; Expires=Wed, 09-Jun-2100 10:18:14 GMT");
        set("https://a.example/", "a=2", "b=; Max-Age=0", "c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(sent("https://a.example/")).contains("a=2", "d=1").doesNotContain("b=", "c=");
    }

    @Test
    void a_header_that_is_no_cookie_is_ignored() {
        set("https://a.example/", "", ";", "=x", "novalue", "e=");
        assertThat(sent("https://a.example/")).isEqualTo("e=");
    }
}
