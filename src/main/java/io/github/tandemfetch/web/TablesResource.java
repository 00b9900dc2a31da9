package io.github.tandemfetch.web;

import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.jobs.TableDirectory;
import io.github.tandemfetch.jobs.TableListing;
import io.github.tandemfetch.jobs.TablePreview;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** The tables that can be exported, what they hold, and their first rows. */
@Path("/api/v1/export/tables")
@Produces(MediaType.APPLICATION_JSON)
public class TablesResource {
    private static final String AGE = "Age";

    private final TableDirectory tables;
    private final TablePreview preview;
    private final Clock clock;

    /**
     * Creates the resource.
     *
     * @param tables knows what tables there are
     * @param preview shows rows
     * @param clock tells how old the knowledge is
     */
    public TablesResource(TableDirectory tables, TablePreview preview, Clock clock) {
        this.tables = tables;
        this.preview = preview;
        this.clock = clock;
    }

    /**
     * Lists the tables that are in the database.
     *
     * @return 200; while somebody writes to the database, with a header {@code Age}: of how many seconds ago it tells
     */
    @GET
    public RestResponse<List<TableDocument>> list() {
        TableListing listing = tables.tables();
        return answer(listing, listing.tables().stream().map(TableDocument::of).toList());
    }

    /**
     * Lists the columns of a table.
     *
     * @param name the table
     * @return 200
     */
    @GET
    @Path("/{name}/columns")
    public RestResponse<List<TableDocument.Column>> columns(@PathParam("name") String name) {
        TableListing listing = tables.tables();
        return answer(listing, TableDocument.columns(listing.named(name)));
    }

    /**
     * Shows the first rows of a table, as a JSON export would.
     *
     * @param name the table
     * @param uri has the query: {@code limit}
     * @return 200
     */
    @GET
    @Path("/{name}/preview")
    public byte[] preview(@PathParam("name") String name, @Context UriInfo uri) {
        TableSummary table = tables.tables().named(name);
        QueryParameters query = new QueryParameters(uri, Set.of("limit"));
        int rows = query.number("limit", 1, TablePreview.MAX_ROWS, TablePreview.DEFAULT_ROWS);
        query.refuseFaults();
        return preview.of(table.table(), rows);
    }

    private <T> RestResponse<T> answer(TableListing listing, T entity) {
        RestResponse.ResponseBuilder<T> answer = RestResponse.ResponseBuilder.ok(entity);
        if (!listing.current()) {
            answer.header(
                    AGE,
                    Math.max(
                            0, Duration.between(listing.asOf(), clock.instant()).toSeconds()));
        }
        return answer.build();
    }
}
