package io.github.tandemfetch.source;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/**
 * The data calls. Both answer a stream: a stream's body is handed on as it arrives, anything else would be collected in
 * memory first.
 */
@Path("/api/reports/bff")
@Produces(MediaType.APPLICATION_JSON)
public interface SourceApi {
    /**
     * The person and the pumps.
     *
     * @param authorization {@code Bearer} and the token
     * @param pumperId who
     * @return the body
     */
    @GET
    @Path("/pumper/{pumperId}")
    InputStream pumper(@HeaderParam("Authorization") String authorization, @PathParam("pumperId") String pumperId);

    /**
     * The events of a window, of all codes: without {@code eventCodes} the service leaves none out.
     *
     * @param authorization {@code Bearer} and the token
     * @param assignmentId which pump
     * @param pumperId whose
     * @param startDate first moment, {@code YYYY-MM-DDT00:00:00Z}
     * @param endDate last moment, {@code YYYY-MM-DDT23:59:59Z}
     * @return the body
     */
    @GET
    @Path("/pump-logs/{assignmentId}")
    InputStream pumpLogs(
            @HeaderParam("Authorization") String authorization,
            @PathParam("assignmentId") String assignmentId,
            @QueryParam("pumperId") String pumperId,
            @QueryParam("startDate") String startDate,
            @QueryParam("endDate") String endDate);
}
