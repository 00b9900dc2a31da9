package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that knows nothing but the OpenAPI document, as generated ones do: operations by their ids, an {@code Accept}
 * of every media type that the operation may answer with, and answers taken as the type that their schema has. It
 * records the contract that was found with clients of openapi-generator and openapi-ts.
 */
final class DocumentClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String server;
    private final JsonNode document;

    DocumentClient(String server, JsonNode document) {
        this.server = server;
        this.document = document;
    }

    /** An answer of a status that the document tells. */
    record Answer(int status, byte[] bytes, JsonNode schema) {
        JsonNode json() throws IOException {
            assertThat(schema.path("format").asText()).isNotEqualTo("binary");
            return new ObjectMapper().readTree(bytes);
        }

        byte[] binary() {
            assertThat(schema.path("type").asText()).isEqualTo("string");
            assertThat(schema.path("format").asText()).isEqualTo("binary");
            return bytes;
        }
    }

    Answer call(String operationId, Map<String, Object> parameters, Map<String, Object> body)
            throws IOException, InterruptedException {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().path("operationId").asText().equals(operationId)) {
                    return send(path.getKey(), operation.getKey(), operation.getValue(), parameters, body);
                }
            }
        }
        throw new AssertionError("no operation " + operationId);
    }

    private Answer send(
            String path, String method, JsonNode operation, Map<String, Object> parameters, Map<String, Object> body)
            throws IOException, InterruptedException {
        String address = path;
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            address = address.replace("{" + parameter.getKey() + "}", String.valueOf(parameter.getValue()));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + address))
                .method(
                        method.toUpperCase(java.util.Locale.ROOT),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        String accept = mediaTypes(operation);
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        if (body != null) {
            request.header(
                    "Content-Type",
                    operation.at("/requestBody/content").fieldNames().next());
        }
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode told = resolve(operation.get("responses").path(String.valueOf(answer.statusCode())));
        assertThat(told.isMissingNode())
                .as("%s %s: %d is told", method, path, answer.statusCode())
                .isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        return new Answer(
                answer.statusCode(),
                answer.body(),
                resolve(told.path("content").path(type).path("schema")));
    }

    private String mediaTypes(JsonNode operation) {
        TreeSet<String> types = new TreeSet<>();
        operation
                .get("responses")
                .forEach(response ->
                        resolve(response).path("content").fieldNames().forEachRemaining(types::add));
        return String.join(", ", types);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The ids of all operations that need no parameter in their path and change nothing. */
    java.util.List<String> readingOperations() {
        return document.get("paths").properties().stream()
                .filter(path -> !path.getKey().contains("{"))
                .flatMap(path ->
                        StreamSupport.stream(path.getValue().properties().spliterator(), false))
                .filter(operation ->
                        operation.getKey().equals("get") || operation.getKey().equals("head"))
                .map(operation -> operation.getValue().get("operationId").asText())
                .collect(Collectors.toList());
    }
}
