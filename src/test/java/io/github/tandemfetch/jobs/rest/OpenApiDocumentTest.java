package io.github.tandemfetch.jobs.rest;

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
}
