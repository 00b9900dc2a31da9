package io.github.tandemfetch.web;

import io.github.tandemfetch.export.ExportFormat;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** The kinds of files there are. */
@Path("/api/v1/export/formats")
@Produces(MediaType.APPLICATION_JSON)
public class FormatsResource {
    /**
     * Lists the formats.
     *
     * @return 200
     */
    @GET
    @NonBlocking
    public List<FormatDocument> list() {
        return Arrays.stream(ExportFormat.values()).map(FormatDocument::of).toList();
    }
}
