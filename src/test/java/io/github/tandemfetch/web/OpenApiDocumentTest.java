package io.github.tandemfetch.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The document is written by hand; this holds it to the resources. What is answered is held to it by ServeIT. */
class OpenApiDocumentTest {
    private static final List<Class<?>> RESOURCES = List.of(
            JobsResource.class,
            DownloadResource.class,
            FormatsResource.class,
            TablesResource.class,
            HealthResource.class,
            OpenApiResource.class);

    private final JsonNode document;

    OpenApiDocumentTest() throws IOException {
        document = new ObjectMapper().readTree(new OpenApiResource().document());
    }

    @Test
    void every_method_of_the_resources_is_told_and_nothing_else() {
        Set<String> there = new TreeSet<>();
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                String path = resource.getAnnotation(Path.class).value()
                        + (method.isAnnotationPresent(Path.class)
                                ? method.getAnnotation(Path.class).value()
                                : "");
                if (method.isAnnotationPresent(GET.class)) {
                    there.add("get " + path);
                    there.add("head " + path);
                }
                if (method.isAnnotationPresent(HEAD.class)) {
                    there.add("head " + path);
                }
                if (method.isAnnotationPresent(POST.class)) {
                    there.add("post " + path);
                }
                if (method.isAnnotationPresent(DELETE.class)) {
                    there.add("delete " + path);
                }
            }
        }
        Set<String> told = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> told.add(method + " " + path.getKey())));
        assertThat(told).isEqualTo(there);
    }

    @Test
    void every_reference_leads_somewhere_and_every_operation_tells_its_errors() {
        document.findValuesAsText("$ref").forEach(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        document.get("paths")
                .forEach(path -> path.forEach(
                        operation -> assertThat(operation.get("responses").fieldNames())
                                .toIterable()
                                .contains("400", "401", "403", "421", "500")));
    }

    @Test
    void files_are_binary_whatever_their_media_type() {
        JsonNode download = document.at("/paths/~1api~1v1~1export~1jobs~1{id}~1download/get/responses");
        for (String status : List.of("200", "206")) {
            JsonNode content = download.at("/" + status + "/content");
            assertThat(content.size()).isEqualTo(5);
            content.forEach(type ->
                    assertThat(type.get("schema").toString()).isEqualTo("{\"type\":\"string\",\"format\":\"binary\"}"));
        }
    }

    @Test
    void nothing_is_said_that_generators_of_clients_take_for_something_else() {
        JsonNode request = document.at("/components/schemas/JobRequest");
        // A default makes a field required in some languages.
        assertThat(request.findValues("default")).isEmpty();
        assertThat(request.get("required").toString()).isEqualTo("[\"table_name\",\"format\"]");
        // With these, some send each field twice, and others lose the order of the columns.
        assertThat(document.get("components").get("schemas").findValues("additionalProperties"))
                .isEmpty();
        assertThat(document.findValues("uniqueItems")).isEmpty();
        for (String count : List.of("file_size_bytes", "row_count", "rows_exported", "total_rows", "row_limit")) {
            assertThat(document.at("/components/schemas/Job/properties/" + count + "/format")
                            .asText())
                    .as(count)
                    .isEqualTo("int64");
        }
        // Loaded tables are tables too: an enumeration would have to know them.
        assertThat(document.at("/components/schemas/TableName").has("enum")).isFalse();
    }

    @Test
    void every_error_has_the_form_of_a_problem_and_none_is_about_what_is_accepted() {
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode responses = operation.getValue().get("responses");
                    assertThat(responses.has("406")).as(path.getKey()).isFalse();
                    responses.properties().forEach(response -> {
                        JsonNode told = response.getValue().has("$ref")
                                ? document.at(
                                        response.getValue().get("$ref").asText().substring(1))
                                : response.getValue();
                        boolean health = path.getKey().startsWith("/q/health");
                        if (response.getKey().compareTo("400") >= 0
                                && !operation.getKey().equals("head")
                                && !health) {
                            assertThat(told.path("content").has(Problem.MEDIA_TYPE))
                                    .as("%s %s %s", operation.getKey(), path.getKey(), response.getKey())
                                    .isTrue();
                        }
                    });
                }));
        Set<String> ids = new TreeSet<>();
        document.findValuesAsText("operationId")
                .forEach(id -> assertThat(ids.add(id)).as(id).isTrue());
    }
}
