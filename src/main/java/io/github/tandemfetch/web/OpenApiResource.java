package io.github.tandemfetch.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What may be asked and what is answered, as an OpenAPI document. It is written by hand and held to the resources by
 * tests: all its examples, limits and errors would be more lines of annotations than the resources have.
 */
@Path("/q/openapi")
@Produces(MediaType.APPLICATION_JSON)
public class OpenApiResource {
    /**
     * The document.
     *
     * @return JSON, which is YAML too
     */
    @GET
    public byte[] document() {
        try (InputStream document = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            return document.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
