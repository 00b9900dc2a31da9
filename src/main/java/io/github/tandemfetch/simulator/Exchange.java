package io.github.tandemfetch.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * One request and its response. It writes the request log, distinguishes browsers from programs, reads cookies and
 * forms, and applies scripted faults to responses that would have been successful.
 */
final class Exchange {
    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final int COMPRESSED_BLOCK = 16 * 1024;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private final HttpExchange http;
    private final RequestKind kind;
    private final RequestLog log;
    private final SimulatorFaults script;
    private FaultSet faults;
    private Optional<LocalDate> from = Optional.empty();
    private Optional<LocalDate> to = Optional.empty();

    /** Writes the body of a response. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    Exchange(HttpExchange http, RequestKind kind, RequestLog log, SimulatorFaults script) {
        this.http = http;
        this.kind = kind;
        this.log = log;
        this.script = script;
    }

    RequestKind kind() {
        return kind;
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getRawPath();
    }

    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    boolean isFromBrowser() {
        String agent = header("User-Agent");
        return agent != null && agent.startsWith("Mozilla/5.0 (");
    }

    void window(LocalDate first, LocalDate last) {
        from = Optional.of(first);
        to = Optional.of(last);
    }

    /** The query's parameters, decoded; of a repeated one the last. */
    Map<String, String> query() {
        String raw = http.getRequestURI().getRawQuery();
        return raw == null ? Map.of() : parameters(raw);
    }

    Map<String, String> form() throws IOException {
        return parameters(body());
    }

    String body() throws IOException {
        return new String(http.getRequestBody().readNBytes(LARGEST_REQUEST), StandardCharsets.UTF_8);
    }

    /** A cookie's value, or null. */
    String cookie(String name) {
        for (String line : http.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : line.split(";")) {
                String[] parts = pair.trim().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    // Version-1 cookie clients quote values.
                    return parts[1].startsWith("\"") ? parts[1].substring(1, parts[1].length() - 1) : parts[1];
                }
            }
        }
        return null;
    }

    void setCookie(String cookie) {
        http.getResponseHeaders().add("Set-Cookie", cookie);
    }

    /** The faults of this request; taken once, for a response that would be successful. */
    FaultSet faults() {
        if (faults == null) {
            faults = script.take(kind);
        }
        return faults;
    }

    /** Responds with success, unless a fault applies. */
    void json(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        stream(JSON, out -> out.write(bytes), bytes.length);
    }

    /** Responds with success and an HTML page, unless a fault applies. */
    void page(String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        stream(HTML, out -> out.write(bytes), bytes.length);
    }

    /** Responds with success and JSON of unknown length, unless a fault applies. */
    void streamedJson(Body body) throws IOException {
        if (faults().faults().isEmpty()) {
            http.getResponseHeaders().set("Content-Type", JSON);
            record(200);
            try (ResponseBuffer out = new ResponseBuffer(http)) {
                body.writeTo(out);
            }
            return;
        }
        stream(JSON, body, 0);
    }

    /** Redirects, unless a fault applies. */
    void redirect(String location) throws IOException {
        if (!struck()) {
            http.getResponseHeaders().set("Location", location);
            answer(302, HTML, "");
        }
    }

    void refuseJson(int status, String body) throws IOException {
        answer(status, JSON, body);
    }

    void refuseText(int status, String body) throws IOException {
        answer(status, "text/plain; charset=utf-8", body);
    }

    void refuseHtml(int status, String title) throws IOException {
        answer(status, HTML, html(title));
    }

    void refuseUnauthorized() throws IOException {
        http.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        refuseJson(401, "{\"statusCode\":401,\"message\":\"Unauthorized\"}");
    }

    private void stream(String type, Body body, long length) throws IOException {
        if (struck()) {
            return;
        }
        FaultyBody.Limits limits = FaultyBody.Limits.of(faults());
        http.getResponseHeaders().set("Content-Type", type);
        record(200);
        boolean compressed = faults().has(Fault.Compressed.class) && acceptsGzip();
        if (compressed) {
            http.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        boolean promised = faults().has(Fault.LyingLength.class);
        http.sendResponseHeaders(200, promised ? Long.MAX_VALUE / 4 : limits.isAny() || compressed ? 0 : length);
        OutputStream out = http.getResponseBody();
        if (!limits.isAny()) {
            try (OutputStream whole = compressed ? new GZIPOutputStream(out, COMPRESSED_BLOCK) : out) {
                body.writeTo(whole);
            }
            return;
        }
        FaultyBody faulty = new FaultyBody(out, limits);
        try {
            if (compressed) {
                GZIPOutputStream whole = new GZIPOutputStream(faulty, COMPRESSED_BLOCK);
                body.writeTo(whole);
                whole.finish();
            } else {
                body.writeTo(faulty);
            }
        } catch (FaultyBody.EndReached e) {
            out.flush();
            if (limits.framingIsBroken()) {
                // An exception out of the handler makes the server close the connection without an end.
                throw e;
            }
        }
        out.close();
    }

    private boolean acceptsGzip() {
        return http.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
                .anyMatch(accepted -> accepted.contains("gzip"));
    }

    /** Applies the faults that replace or delay the response; true if it was replaced. */
    private boolean struck() throws IOException {
        FaultSet set = faults();
        Optional<Fault.Delay> delay = set.find(Fault.Delay.class);
        if (delay.isPresent()) {
            FaultyBody.pause(delay.get().by());
        }
        Optional<Fault.Status> status = set.find(Fault.Status.class);
        if (status.isPresent()) {
            status.get().retryAfterSeconds().ifPresent(seconds -> http.getResponseHeaders()
                    .set("Retry-After", String.valueOf(seconds)));
            refuseHtml(status.get().status(), "Something went wrong");
            return true;
        }
        if (set.has(Fault.Html.class)) {
            answer(200, HTML, html("We will be right back"));
            return true;
        }
        return false;
    }

    private void answer(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        record(status);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
        http.getResponseBody().close();
    }

    private void record(int status) {
        log.add(new RecordedRequest(kind, method(), path(), from, to, status));
    }

    private static String html(String title) {
        return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title
                + "</h1></body></html>";
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                parameters.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
