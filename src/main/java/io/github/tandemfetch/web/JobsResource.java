package io.github.tandemfetch.web;

import io.github.tandemfetch.jobs.ExportJobService;
import io.github.tandemfetch.jobs.JobCreation;
import io.github.tandemfetch.jobs.JobPage;
import io.github.tandemfetch.jobs.JobQuery;
import io.github.tandemfetch.jobs.JobRequest;
import io.github.tandemfetch.jobs.JobStatus;
import io.github.tandemfetch.jobs.TableDirectory;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** Jobs: ask for one, list them, look at one, delete one. */
@Path(JobsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
    static final String PATH = "/api/v1/export/jobs";

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String CURSOR = "before ";

    private final ExportJobService jobs;
    private final TableDirectory tables;

    /**
     * Creates the resource.
     *
     * @param jobs runs the jobs
     * @param tables knows the columns
     */
    public JobsResource(ExportJobService jobs, TableDirectory tables) {
        this.jobs = jobs;
        this.tables = tables;
    }

    /**
     * Asks for a job.
     *
     * @param body a JSON object
     * @param headers may have an {@code Idempotency-Key}
     * @param uri where this was asked
     * @return 201, with the job and where it is
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<JobDocument> create(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri) {
        if (headers.getMediaType() == null || headers.getMediaType().isWildcardSubtype()) {
            throw new NotSupportedException();
        }
        String key = idempotencyKey(headers.getRequestHeader(IDEMPOTENCY_KEY));
        JobRequest request = new JobRequestReader(tables).read(read(body));
        JobCreation creation = jobs.create(request, key);
        RestResponse.ResponseBuilder<JobDocument> answer = RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, JobDocument.of(creation.job()))
                .location(uri.getBaseUriBuilder()
                        .path(PATH)
                        .path(String.valueOf(creation.job().id()))
                        .build());
        return (creation.replayed() ? answer.header("Idempotent-Replayed", "true") : answer).build();
    }

    /**
     * Lists jobs, the newest first.
     *
     * @param uri has the query: {@code status}, {@code table_name}, {@code limit}, {@code cursor}
     * @return 200, with a header {@code Link} to the next page where there is one
     */
    @GET
    public RestResponse<List<JobDocument>> list(@Context UriInfo uri) {
        QueryParameters query = new QueryParameters(uri, Set.of("status", "table_name", "limit", "cursor"));
        JobQuery wanted = new JobQuery(
                query.value("status", JobStatus::named, "This is one of " + String.join(", ", JobStatus.names()) + "."),
                query.value("table_name", this::tableName, "This is one of " + String.join(", ", tables.names()) + "."),
                query.number("limit", 1, JobQuery.MAX_LIMIT, JobQuery.DEFAULT_LIMIT),
                query.value("cursor", JobsResource::before, "This is not from a header Link of this server."));
        query.refuseFaults();
        JobPage page = jobs.list(wanted);
        RestResponse.ResponseBuilder<List<JobDocument>> answer = RestResponse.ResponseBuilder.ok(
                page.jobs().stream().map(JobDocument::of).toList());
        if (page.next() != null) {
            answer.header(HttpHeaders.LINK, "<" + nextPage(uri, wanted, page.next()) + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /**
     * Looks at a job.
     *
     * @param id its number
     * @return 200, with the job
     */
    @GET
    @Path("/{id}")
    @NonBlocking
    public JobDocument find(@PathParam("id") String id) {
        return JobDocument.of(jobs.find(number(id)));
    }

    /**
     * Deletes a job and its file; ends it if it is running.
     *
     * @param id its number
     * @return 204
     */
    @DELETE
    @Path("/{id}")
    public RestResponse<Void> delete(@PathParam("id") String id) {
        jobs.delete(number(id));
        return RestResponse.noContent();
    }

    /** The number of a job; of what is no number, there is no job. */
    static long number(String id) {
        return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : -1;
    }

    private static byte[] read(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new BadRequestException(e);
        }
    }

    // Jobs of a table outlive it, and can be listed while the database cannot be read.
    private Optional<String> tableName(String name) {
        boolean known = tables.names().contains(name)
                || jobs.hasJobOf(name)
                || tables.find(name).isPresent();
        return known ? Optional.of(name) : Optional.empty();
    }

    private static String idempotencyKey(List<String> given) {
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1 || !given.get(0).matches("[!-~]{1,255}")) {
            throw new InvalidRequestException(List.of(
                    Fault.inHeader(IDEMPOTENCY_KEY, "This is given once, with 1 to 255 visible ASCII characters.")));
        }
        return given.get(0);
    }

    private static URI nextPage(UriInfo uri, JobQuery query, long next) {
        UriBuilder address = uri.getBaseUriBuilder().path(PATH).queryParam("limit", query.limit());
        if (query.status() != null) {
            address.queryParam("status", query.status().statusName());
        }
        if (query.table() != null) {
            address.queryParam("table_name", query.table());
        }
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((CURSOR + next).getBytes(StandardCharsets.US_ASCII));
        return address.queryParam("cursor", cursor).build();
    }

    private static Optional<Long> before(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            return text.matches(CURSOR + "[0-9]{1,18}")
                    ? Optional.of(Long.parseLong(text.substring(CURSOR.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
