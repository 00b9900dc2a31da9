package io.github.tandemfetch.source;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tandemfetch.config.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** A Tandem Source on loopback that does what a test tells it to; told nothing, it serves the whole protocol. */
final class ScriptedService implements AutoCloseable {
    static final String EMAIL = "canary-mail@example.org";
    static final String PASSWORD = "canary-password \"$ä\\😀";
    static final String TOKEN = "canary-access-token";
    static final String CODE = "canary-code";
    static final String CLIENT_ID = "the-client";
    static final String PUMPER_ID = "11111111-2222-3333-4444-555555555555";

    static final String SSO = "/sso/";
    static final String LOGIN = "/accounts/api/login";
    static final String AUTHORIZE = "/accounts/api/connect/authorize";
    static final String HOP = "/accounts/hop";
    static final String TOKENS = "/accounts/api/connect/token";
    static final String KEYS = "/accounts/api/.well-known/openid-configuration/jwks";
    static final String PUMPER = "/api/reports/bff/pumper/" + PUMPER_ID;
    static final String LOGS = "/api/reports/bff/pump-logs/pump-1";

    /** What is answered to one request. */
    interface Handler {
        void handle(Request request) throws IOException;
    }

    /** One request with its body read. */
    record Request(HttpExchange exchange, String body) {
        String header(String name) {
            return String.join(" | ", exchange.getRequestHeaders().getOrDefault(name, List.of()));
        }

        String path() {
            return exchange.getRequestURI().getPath();
        }

        Map<String, String> parameters() {
            String raw = exchange.getRequestURI().getRawQuery();
            return decoded(raw == null ? body : raw);
        }

        void answer(int status, String type, String text, String... headers) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Headers own = exchange.getResponseHeaders();
            own.set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                own.add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        void json(int status, String text, String... headers) throws IOException {
            answer(status, "application/json", text, headers);
        }

        /** Promises more than it sends. */
        void cutShort(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length + 1000);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Handler>> once = new ConcurrentHashMap<>();
    private final Map<String, Handler> always = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    /** Made once: a key of this size takes a while. */
    private static final RsaJsonWebKey KEY = newKey("key-1");

    private volatile String challenge;

    ScriptedService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        always.put(
                SSO,
                r -> r.answer(200, "text/html", "<html>sign in", "Set-Cookie", "sso=1; Path=/; Max-Age=60; HttpOnly"));
        always.put(
                LOGIN,
                r -> r.json(
                        200,
                        "{\"redirectUrl\":\"/\",\"status\":\"SUCCESS\"}",
                        "Set-Cookie",
                        "session=canary-cookie; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=None"));
        always.put(AUTHORIZE, this::authorize);
        always.put(HOP, r -> r.answer(302, "text/plain", "", "Location", redirect(r)));
        always.put(TOKENS, this::tokens);
        always.put(KEYS, r -> r.json(200, keys()));
        always.put(PUMPER, r -> r.json(200, "{\"pumps\":[{\"assignmentId\":\"pump-1\",\"serialNumber\":123}]}"));
        always.put(LOGS, r -> r.json(200, "{\"events\":[" + event(1) + "," + event(2) + "],\"clockChanges\":[]}"));
    }

    static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String event(long number) {
        return "{\"eventCode\":279,\"sequenceGroup\":1,\"sequenceNumber\":" + number + ", \"x\":1.0}";
    }

    static Map<String, String> decoded(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** The next request to this path gets this answer; further calls queue up. */
    ScriptedService next(String path, Handler handler) {
        once.computeIfAbsent(path, p -> new ArrayDeque<>()).add(handler);
        return this;
    }

    /** Every request to this path gets this answer. */
    ScriptedService always(String path, Handler handler) {
        always.put(path, handler);
        return this;
    }

    List<Request> requests(String path) {
        synchronized (requests) {
            return requests.stream().filter(r -> r.path().equals(path)).toList();
        }
    }

    int requestCount() {
        return requests.size();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String redirectUri() {
        return "https://nowhere.invalid/callback";
    }

    Endpoints endpoints() {
        return new Endpoints(base() + SSO, base() + "/accounts/api", base() + "/", CLIENT_ID, redirectUri());
    }

    JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(base() + "/accounts/api");
        claims.setAudience(CLIENT_ID);
        claims.setExpirationTimeMinutesInTheFuture(60);
        claims.setIssuedAtToNow();
        claims.setStringClaim("pumperId", PUMPER_ID);
        claims.setStringClaim("accountId", "account-1");
        claims.setStringClaim("email", EMAIL);
        return claims;
    }

    String signed(JwtClaims claims) {
        return signed(claims, KEY);
    }

    /** Any text, well signed. */
    String signedText(String payload) {
        return signed(payload, KEY);
    }

    static String signed(JwtClaims claims, RsaJsonWebKey key) {
        return signed(claims.toJson(), key);
    }

    private static String signed(String payload, RsaJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(payload);
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String tokenAnswer(String idToken) {
        return "{\"access_token\":\"" + TOKEN + "\",\"id_token\":\"" + idToken + "\",\"expires_in\":28800}";
    }

    String keys() {
        return "{\"keys\":[" + KEY.toJson() + "]}";
    }

    private void authorize(Request request) throws IOException {
        Map<String, String> query = request.parameters();
        boolean right = query.get("redirect_uri").equals(redirectUri())
                && query.get("client_id").equals(CLIENT_ID)
                && query.get("response_type").equals("code")
                && query.get("scope").equals("openid profile email")
                && query.get("code_challenge_method").equals("S256")
                && request.header("Cookie").contains("session=canary-cookie")
                && request.header("Cookie").contains("sso=1")
                && !request.header("Cookie").contains("$");
        if (!right) {
            request.json(418, "{}");
            return;
        }
        challenge = query.get("code_challenge");
        request.answer(
                302,
                "text/plain",
                "",
                "Location",
                "/accounts/hop?" + request.exchange().getRequestURI().getRawQuery());
    }

    private String redirect(Request request) {
        return redirectUri() + "?code=" + CODE + "&state="
                + request.parameters().get("state");
    }

    private void tokens(Request request) throws IOException {
        Map<String, String> form = request.parameters();
        boolean right = form.get("code").equals(CODE)
                && form.get("grant_type").equals("authorization_code")
                && form.get("redirect_uri").equals(redirectUri())
                && Pkce.challengeOf(form.get("code_verifier")).equals(challenge);
        request.json(right ? 200 : 400, right ? tokenAnswer(signed(claims())) : "{\"error\":\"invalid_grant\"}");
    }

    private void serve(HttpExchange exchange) throws IOException {
        Request request =
                new Request(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Deque<Handler> queued = once.get(request.path());
        Handler handler = queued == null ? null : queued.poll();
        if (handler == null) {
            handler = always.get(request.path());
        }
        if (handler == null) {
            request.answer(404, "text/html", "<html>no such page");
            return;
        }
        handler.handle(request);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
