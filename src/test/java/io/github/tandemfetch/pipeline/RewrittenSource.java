package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Stands between the program and the data calls of a simulated service, over real HTTP, and sends on what a test makes of
 * the answers. The login goes to the simulator itself.
 */
final class RewrittenSource implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PUMP_LOGS = "/pump-logs/";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI target;
    private volatile Consumer<ObjectNode> pumpList = answer -> {};
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, ObjectNode> pumpLogs = (path, answer) -> {};
    private volatile UnaryOperator<String> texts = UnaryOperator.identity();
    private volatile Predicate<String> failing = path -> false;

    private RewrittenSource(Account account) throws IOException {
        target = account.service.sourceUrl();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Has an account's data calls go through a new one. */
    static RewrittenSource of(Account account) {
        try {
            RewrittenSource source = new RewrittenSource(account);
            account.with("TANDEM_SOURCE_URL", source.url());
            return source;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + target.getPath();
    }

    /** What to do with each list of pumps. */
    RewrittenSource pumpList(Consumer<ObjectNode> change) {
        pumpList = change;
        return this;
    }

    /** What to do with each pump of each list. */
    RewrittenSource pumps(Consumer<ObjectNode> change) {
        return pumpList(answer -> answer.withArray("pumps").forEach(pump -> change.accept((ObjectNode) pump)));
    }

    /** What to do with each answer of events. */
    RewrittenSource pumpLogs(Consumer<ObjectNode> change) {
        return alteringLogs((path, answer) -> change.accept(answer));
    }

    /** What to do with each answer of events to a path. */
    RewrittenSource alteringLogs(BiConsumer<String, ObjectNode> change) {
        pumpLogs = change;
        return this;
    }

    /** What to do with the text of each answer of events, which need not be JSON afterwards. */
    RewrittenSource texts(UnaryOperator<String> change) {
        texts = change;
        return this;
    }

    /** Has an assignment that the simulator does not know answered as another one. */
    void alias(String assignmentId, String as) {
        aliases.put(assignmentId, as);
    }

    /** Leaves out all other events of an answer, clock changes included. */
    static void keepOnly(ObjectNode answer, Predicate<JsonNode> wanted) {
        for (String list : List.of("events", "clockChanges")) {
            ArrayNode kept = JSON.createArrayNode();
            answer.withArray(list).forEach(event -> {
                if (wanted.test(event)) {
                    kept.add(event);
                }
            });
            answer.set(list, kept);
        }
    }

    /** What to do with each event of some code. */
    RewrittenSource events(int code, Consumer<ObjectNode> change) {
        return pumpLogs(answer -> {
            for (JsonNode event : answer.withArray("events")) {
                if (event.get("eventCode").asInt() == code) {
                    change.accept((ObjectNode) event);
                }
            }
        });
    }

    /** Which events of the answers are left out. */
    RewrittenSource without(Predicate<JsonNode> unwanted) {
        return pumpLogs(answer -> keepOnly(answer, unwanted.negate()));
    }

    /** Which paths are answered with something else than events. */
    RewrittenSource failing(Predicate<String> paths) {
        failing = paths;
        return this;
    }

    /** The calls for events so far, path and query. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    void forgetAsked() {
        asked.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asking = exchange.getRequestURI();
        boolean logs = asking.getPath().contains(PUMP_LOGS);
        if (logs) {
            asked.add(asking.toString());
        }
        if (failing.test(asking.getPath())) {
            send(exchange, 200, "[]");
            return;
        }
        String known = asking.toString();
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            known = known.replace(PUMP_LOGS + alias.getKey(), PUMP_LOGS + alias.getValue());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(known));
        for (String header : List.of("Authorization", "User-Agent")) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        String referer = target.toString();
        request.header("Origin", referer.substring(0, referer.length() - 1)).header("Referer", referer);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            if (response.statusCode() == 200) {
                ObjectNode json = (ObjectNode) JSON.readTree(body);
                if (logs) {
                    pumpLogs.accept(asking.getPath(), json);
                } else {
                    pumpList.accept(json);
                }
                body = logs ? texts.apply(json.toString()) : json.toString();
            }
            send(exchange, response.statusCode(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
