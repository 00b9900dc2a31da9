package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds every answer to the server's own OpenAPI document: the status is told there, and so are the media type, the
 * fields and what they may hold.
 */
final class OpenApiContract implements Filter {
    private final JsonNode document;

    OpenApiContract(JsonNode document) {
        this.document = document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        JsonNode path = pathOf(URI.create(request.getURI()).getRawPath());
        if (path != null && path.has(request.getMethod().toLowerCase(Locale.ROOT))) {
            check(path.get(request.getMethod().toLowerCase(Locale.ROOT)), request, response);
        }
        return response;
    }

    private JsonNode pathOf(String path) {
        for (Map.Entry<String, JsonNode> each : document.get("paths").properties()) {
            if (path.matches(each.getKey().replaceAll("\\{[a-z]+}", "[^/]+"))) {
                return each.getValue();
            }
        }
        return null;
    }

    private void check(JsonNode operation, FilterableRequestSpecification request, Response response) {
        String what = request.getMethod() + " " + request.getURI() + ": " + response.statusCode();
        JsonNode told = resolve(operation.get("responses").path(String.valueOf(response.statusCode())));
        assertThat(told.isMissingNode()).as("%s is told of", what).isFalse();
        if (request.getMethod().equals("HEAD") || !told.has("content")) {
            return;
        }
        String type = response.contentType().split(";")[0];
        assertThat(told.get("content").has(type))
                .as("%s as %s is told of", what, type)
                .isTrue();
        JsonNode schema = told.get("content").get(type).path("schema");
        if (type.endsWith("json") && !schema.path("format").asText().equals("binary")) {
            List<String> wrong = new ArrayList<>();
            validate(schema, read(response.asByteArray()), "$", wrong);
            assertThat(wrong).as(what + " " + response.asString()).isEmpty();
        }
    }

    private void validate(JsonNode reference, JsonNode value, String where, List<String> wrong) {
        JsonNode schema = resolve(reference);
        if (schema.has("type") && !isOfType(schema.get("type"), value)) {
            wrong.add(where + " is no " + schema.get("type"));
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            wrong.add(where + " is not one of " + schema.get("enum"));
        }
        if (schema.has("minimum")
                && value.isNumber()
                && value.asLong() < schema.get("minimum").asLong()) {
            wrong.add(where + " is too small");
        }
        if (schema.has("pattern")
                && value.isTextual()
                && !value.asText().matches(schema.get("pattern").asText())) {
            wrong.add(where + " does not match");
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                wrong.add(where + " lacks " + name);
            }
        });
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            if (!property.isMissingNode()) {
                validate(property, field.getValue(), where + "." + field.getKey(), wrong);
            } else if (schema.has("properties")) {
                wrong.add(where + " has " + field.getKey());
            }
        });
        if (value.isArray() && schema.has("items")) {
            value.forEach(item -> validate(schema.get("items"), item, where + "[]", wrong));
        }
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        String type = value.isObject()
                ? "object"
                : value.isArray()
                        ? "array"
                        : value.isTextual()
                                ? "string"
                                : value.isBoolean() ? "boolean" : value.isNull() ? "null" : "integer";
        return types.isTextual()
                ? types.asText().equals(type)
                : contains(types, com.fasterxml.jackson.databind.node.TextNode.valueOf(type));
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode read(byte[] json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
