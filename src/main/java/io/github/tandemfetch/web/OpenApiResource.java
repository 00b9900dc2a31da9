package io.github.tandemfetch.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.export.ExportFormat;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What may be asked and what is answered, as an OpenAPI document. It is written by hand and held to the resources by
 * tests: all its examples, limits and errors would be more lines of annotations than the resources have.
 */
@Path("/q/openapi")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {
    private static final String FORMATS = "{formats}";

    /**
     * The document. Its tables and formats follow from the registry of tables and from {@link ExportFormat}.
     *
     * @return JSON, which is YAML too
     */
    @GET
    public byte[] document() {
        try (InputStream written = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            String text = new String(written.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{tables}", String.join(", ", PumpTable.names()))
                    .replace("{table}", DomainTables.ALL.get(0).name());
            JsonMapper json = new JsonMapper();
            JsonNode tree = json.readTree(text);
            ArrayNode formats = (ArrayNode) tree.at("/components/schemas/Format/enum");
            ExportFormat.names().forEach(formats::add);
            tree.findParents(FORMATS).forEach(content -> fillMediaTypes((ObjectNode) content));
            return json.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fillMediaTypes(ObjectNode content) {
        JsonNode schema = content.remove(FORMATS);
        for (ExportFormat format : ExportFormat.values()) {
            content.set(format.mediaType().replaceAll(";.*", ""), schema);
        }
    }
}
