package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One login: the sign-in page, the password, the authorization with its redirects, the token, the keys that prove it.
 * The password is sent again only where no answer to it came; an answer that refuses it is final.
 */
final class TandemLogin {
    private static final String SCOPE = "openid profile email";
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

    private final Credentials credentials;
    private final Endpoints endpoints;
    private final LoginHttp http;
    private final Retrier retrier;
    private final SourceListener listener;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    TandemLogin(
            Credentials credentials,
            Endpoints endpoints,
            SourceTimeouts timeouts,
            NetworkAccess access,
            Retrier retrier,
            SourceListener listener,
            Clock clock) {
        this.listener = listener;
        this.credentials = credentials;
        this.endpoints = endpoints;
        this.http = new LoginHttp(
                timeouts,
                access,
                endpoints.ssoUrl().startsWith("https:")
                        || endpoints.accountsUrl().startsWith("https:"));
        this.retrier = retrier;
        this.clock = clock;
    }

    /**
     * Logs in.
     *
     * @throws CredentialsNotTakenException where the service says that the credentials are wrong
     * @throws SourceException for every other failure
     */
    Session run() {
        retrier.call(this::openSignInPage);
        retrier.call(this::sendPassword);
        // A code is good once: where its exchange fails, a new one is asked for, which takes no password.
        Tokens tokens = retrier.call(this::authorize);
        String keys = retrier.call(this::fetchKeys);
        compareClocks(tokens.servedAt());
        return new IdTokenVerifier(endpoints, clock).verify(tokens, keys);
    }

    private void compareClocks(Instant theirs) {
        Duration ahead = Duration.between(theirs, clock.instant());
        if (ahead.abs().compareTo(CLOCKS_MAY_DIFFER) > 0) {
            listener.warning("This machine's clock is " + ahead.abs().toMinutes() + " minutes "
                    + (ahead.isNegative() ? "behind" : "ahead of") + " Tandem Source's.");
        }
    }

    private Void openSignInPage() {
        RedirectTrail trail = new RedirectTrail(http, URI.create(endpoints.ssoUrl()));
        checked(trail.follow(), "the sign-in page");
        return null;
    }

    private Void sendPassword() {
        ObjectNode body = json.createObjectNode();
        body.put("username", credentials.email());
        body.put("password", credentials.password().reveal());
        LoginHttp.Answer answer = http.send(LoginHttp.request(URI.create(endpoints.accountsUrl() + "/login"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/plain, */*")
                .header("Referer", endpoints.ssoUrl())
                .POST(BodyPublishers.ofByteArray(bytes(body))));
        String said = answer.text().toLowerCase(Locale.ROOT);
        if (said.contains("max attempted") || said.contains("account/locked")) {
            throw new AccountLockedException();
        }
        if (answer.status() == 401) {
            throw said.contains("invalid_credentials")
                    ? new CredentialsNotTakenException(credentials.region().name())
                    : new LoginRefusedException(credentials.region().name());
        }
        checked(answer, "the login");
        String status = status(answer);
        if (!"SUCCESS".equalsIgnoreCase(status)) {
            throw SourceFailures.loginIncomplete(status, credentials.region().name());
        }
        return null;
    }

    private String status(LoginHttp.Answer answer) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body == null ? "" : body.path("status").asText();
        } catch (IOException notJson) {
            throw SourceFailures.loginAnsweredByPage(credentials.region().name());
        }
    }

    private Tokens authorize() {
        Pkce pkce = Pkce.random();
        Map<String, String> query = new TreeMap<>();
        query.put("client_id", endpoints.clientId());
        query.put("response_type", "code");
        query.put("scope", SCOPE);
        query.put("redirect_uri", endpoints.redirectUri());
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", "S256");
        query.put("state", pkce.state());
        RedirectTrail trail =
                new RedirectTrail(http, URI.create(endpoints.accountsUrl() + "/connect/authorize?" + encoded(query)));
        URI callback = trail.followTo(endpoints.redirectUri(), answer -> checked(answer, "the authorization"));
        return exchange(AuthorizationCode.from(callback, pkce.state()), pkce);
    }

    private Tokens exchange(Secret code, Pkce pkce) {
        Map<String, String> form = new TreeMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", endpoints.clientId());
        form.put("code", code.reveal());
        form.put("redirect_uri", endpoints.redirectUri());
        form.put("code_verifier", pkce.verifier());
        HttpRequest.Builder request = LoginHttp.request(URI.create(endpoints.accountsUrl() + "/connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(encoded(form)));
        LoginHttp.Answer answer = http.send(request);
        if (answer.status() == 400 || answer.status() == 401) {
            throw SourceFailures.login(
                    "Tandem Source took the password, but gave out no token (" + answer.status() + ").");
        }
        return Tokens.from(checked(answer, "the token request").body(), answer.date(), clock);
    }

    private String fetchKeys() {
        URI uri = URI.create(endpoints.accountsUrl() + "/.well-known/openid-configuration/jwks");
        return checked(http.send(LoginHttp.request(uri).header("Accept", "application/json")), "the key request")
                .text();
    }

    private LoginHttp.Answer checked(LoginHttp.Answer answer, String call) {
        if (answer.isSuccess()) {
            return answer;
        }
        throw answer.failure().describe(call, credentials.password(), new Secret(credentials.email()));
    }

    private byte[] bytes(ObjectNode body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts cannot be written");
        }
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
