package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of the protocol written out by hand, step by step, so that a test can leave one out or do it wrong. */
final class HandmadeLogin {
    static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
    static final String VERIFIER = "v".repeat(86);

    private final SimulatedTandemSource server;
    private final HttpClient http;

    HandmadeLogin(SimulatedTandemSource server) {
        this.server = server;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpResponse<String> openSsoPage() throws Exception {
        return get(server.ssoUrl());
    }

    HttpResponse<String> postPassword(String email, String password) throws Exception {
        String body = JsonMapper.builder().build().writeValueAsString(Map.of("username", email, "password", password));
        return http.send(
                HttpRequest.newBuilder(URI.create(server.accountsUrl() + "/login"))
                        .header("User-Agent", BROWSER)
                        .header("Referer", server.ssoUrl().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Map<String, String> authorization() {
        return new HashMap<>(Map.of(
                "client_id", server.clientId(),
                "response_type", "code",
                "scope", "openid profile email",
                "redirect_uri", server.redirectUri().toString(),
                "code_challenge", RandomTokens.challengeOf(VERIFIER),
                "code_challenge_method", "S256",
                "state", "a state & more"));
    }

    HttpResponse<String> authorize(Map<String, String> parameters) throws Exception {
        return get(URI.create(server.accountsUrl() + "/connect/authorize?" + form(parameters)));
    }

    /** Follows redirects until one leads to the redirect URI; gives every Location on the way, resolved. */
    List<URI> follow(HttpResponse<String> first) throws Exception {
        List<URI> locations = new ArrayList<>();
        HttpResponse<String> answer = first;
        while (answer.statusCode() == 302) {
            URI next =
                    answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
            locations.add(next);
            if (next.toString().startsWith(server.redirectUri().toString())) {
                return locations;
            }
            answer = get(next);
        }
        return locations;
    }

    static String parameter(URI uri, String name) {
        for (String pair : uri.getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    HttpResponse<String> redeem(String code, String verifier) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.accountsUrl() + "/connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                server.clientId(),
                                "code",
                                code,
                                "redirect_uri",
                                server.redirectUri().toString(),
                                "code_verifier",
                                verifier))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The whole login; gives the token endpoint's answer. */
    JsonNode logIn(SimulatorOptions options) throws Exception {
        openSsoPage();
        assertThat(postPassword(options.email(), options.password()).statusCode())
                .isEqualTo(200);
        List<URI> locations = follow(authorize(authorization()));
        String code = parameter(locations.get(locations.size() - 1), "code");
        HttpResponse<String> tokens = redeem(code, VERIFIER);
        assertThat(tokens.statusCode()).isEqualTo(200);
        return JsonMapper.builder().build().readTree(tokens.body());
    }

    String accessToken(SimulatorOptions options) throws Exception {
        return logIn(options).get("access_token").textValue();
    }

    HttpResponse<String> get(URI uri) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri).header("User-Agent", BROWSER).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<InputStream> source(String token, String path) throws IOException, InterruptedException {
        String source = server.sourceUrl().toString();
        return http.send(
                HttpRequest.newBuilder(URI.create(source + path))
                        .header("User-Agent", BROWSER)
                        .header("Authorization", "Bearer " + token)
                        .header("Origin", source.substring(0, source.length() - 1))
                        .header("Referer", source)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    String pumpLogs(String token, SimulatedPump pump, String from, String to) throws Exception {
        HttpResponse<InputStream> answer = source(token, logsPath(pump, from, to));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    String logsPath(SimulatedPump pump, String from, String to) {
        return "api/reports/bff/pump-logs/" + pump.assignmentId() + "?pumperId=" + server.pumperId() + "&startDate="
                + from + "T00:00:00Z&endDate=" + to + "T23:59:59Z";
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
