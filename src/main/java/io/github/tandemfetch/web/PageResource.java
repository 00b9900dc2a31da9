package io.github.tandemfetch.web;

import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.jobs.ExportJob;
import io.github.tandemfetch.jobs.ExportJobService;
import io.github.tandemfetch.jobs.JobException;
import io.github.tandemfetch.jobs.JobQuery;
import io.github.tandemfetch.jobs.TableDirectory;
import io.github.tandemfetch.jobs.TableListing;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * A page for a person with a browser: what tables there are, a form to start an export, the jobs. It works without its
 * script, which only keeps it fresh.
 */
@Path("/")
public class PageResource {
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self';"
            + " img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ExportJobService jobs;
    private final TableDirectory tables;
    private final PageHtml html = new PageHtml();

    /**
     * Creates the resource.
     *
     * @param jobs runs the jobs
     * @param tables knows what tables there are
     */
    public PageResource(ExportJobService jobs, TableDirectory tables) {
        this.jobs = jobs;
        this.tables = tables;
    }

    /**
     * Shows the page.
     *
     * @param exchange has the headers of the answer
     * @return 200
     */
    @GET
    @Produces(HTML)
    public RestResponse<String> show(RoutingContext exchange) {
        return page(exchange, 200, ExportForm.BLANK, List.of(), null);
    }

    /**
     * Takes the form that starts an export.
     *
     * @param body what was filled in
     * @param exchange the request and the headers of the answer
     * @return 303 to the page with the new job; 400 with the page and what is wrong with the form; 429 and 503 with the
     *     page where the job cannot be taken now
     */
    @POST
    @Path("jobs")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(HTML)
    public RestResponse<String> start(InputStream body, RoutingContext exchange) {
        requireOwnPage(exchange);
        ExportForm form = form(body);
        try {
            ExportJob job = jobs.create(new JobRequestReader(tables).read(form.asJson()), null)
                    .job();
            return RestResponse.seeOther(URI.create("/#job-" + job.id()));
        } catch (InvalidRequestException e) {
            List<PageView.FieldFault> faults =
                    e.faults().stream().map(PageView.FieldFault::of).toList();
            return page(exchange, 400, form, faults, null);
        } catch (JobException e) {
            Problem problem = ProblemMapper.problem(e);
            if (e.retryAfter() != null) {
                exchange.response()
                        .putHeader(
                                HttpHeaders.RETRY_AFTER,
                                String.valueOf(e.retryAfter().toSeconds()));
            }
            return page(exchange, problem.status(), form, List.of(), problem.detail());
        }
    }

    /**
     * Takes the form that deletes a job.
     *
     * @param id the job's number
     * @param exchange the request
     * @return 303 to the page, also where somebody else has deleted the job
     */
    @POST
    @Path("jobs/{id}/delete")
    public RestResponse<Void> delete(@PathParam("id") String id, RoutingContext exchange) {
        requireOwnPage(exchange);
        try {
            jobs.delete(JobsResource.number(id));
        } catch (JobException e) {
            if (e.reason() != JobException.Reason.UNKNOWN_JOB) {
                throw e;
            }
        }
        return RestResponse.seeOther(URI.create("/#jobs"));
    }

    /**
     * How the page looks.
     *
     * @return CSS
     */
    @GET
    @Path("page.css")
    @Produces("text/css;charset=UTF-8")
    @NonBlocking
    public byte[] style() {
        return resource("page.css");
    }

    /**
     * What keeps the page fresh.
     *
     * @return JavaScript
     */
    @GET
    @Path("page.js")
    @Produces("text/javascript;charset=UTF-8")
    @NonBlocking
    public byte[] script() {
        return resource("page.js");
    }

    /**
     * The picture on the browser's tab.
     *
     * @return SVG
     */
    @GET
    @Path("icon.svg")
    @Produces("image/svg+xml")
    @NonBlocking
    public byte[] icon() {
        return resource("icon.svg");
    }

    private RestResponse<String> page(
            RoutingContext exchange, int status, ExportForm form, List<PageView.FieldFault> faults, String notice) {
        HttpServerResponse response = exchange.response();
        response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        // Without, a browser says of the form that it comes from nowhere.
        response.putHeader("Referrer-Policy", "same-origin");
        List<TableSummary> known = List.of();
        String said = notice;
        String unavailable = null;
        try {
            TableListing listing = tables.tables();
            known = listing.tables();
            said = notice == null && !listing.current() ? outdated(listing.asOf()) : notice;
        } catch (JobException e) {
            unavailable = e.getMessage() + " " + e.remedy();
        }
        List<ExportJob> newest = jobs.list(new JobQuery(null, null, JobQuery.DEFAULT_LIMIT, null))
                .jobs();
        String text = html.of(new PageView(known, unavailable, newest, form, faults, said));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), text)
                .build();
    }

    private static String outdated(Instant asOf) {
        return "The database is being written to; the tables are shown as they were at " + asOf + ".";
    }

    // Every browser says of a form where it comes from, and that it is not another site is checked before. What is no
    // browser has the API.
    private static void requireOwnPage(RoutingContext exchange) {
        if (exchange.request().getHeader("Origin") == null) {
            throw new ForbiddenException();
        }
    }

    private static ExportForm form(InputStream body) {
        try {
            return ExportForm.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadRequestException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream resource = PageResource.class.getResourceAsStream(name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
