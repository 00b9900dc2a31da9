package io.github.tandemfetch.web;

import io.github.tandemfetch.jobs.DatabaseState;
import io.github.tandemfetch.jobs.ExportJobService;
import io.github.tandemfetch.jobs.JobsState;
import io.github.tandemfetch.jobs.SyncMonitor;
import io.github.tandemfetch.jobs.TableDirectory;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Whether all is well, in the form that MicroProfile Health has made common. */
@Path("/q/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private final ExportJobService jobs;
    private final SyncMonitor sync;
    private final TableDirectory tables;

    /**
     * Creates the resource.
     *
     * @param jobs tells how the jobs get on
     * @param sync tells how the data is kept fresh
     * @param tables tells whether the database can be read
     */
    public HealthResource(ExportJobService jobs, SyncMonitor sync, TableDirectory tables) {
        this.tables = tables;
        this.jobs = jobs;
        this.sync = sync;
    }

    /**
     * Whether the jobs can be stored, the database can be read and, where the data is kept fresh, whether it is.
     *
     * @return 200 where all is well, else 503; both with the checks
     */
    @GET
    public RestResponse<HealthDocument> health() {
        List<HealthDocument.Check> checks = new ArrayList<>();
        JobsState state = jobs.state();
        checks.add(HealthDocument.Check.of(
                "jobs", state.taking(), Map.of("pending", state.pending(), "running", state.running())));
        checks.add(database());
        sync.state().ifPresent(fresh -> {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("interval_seconds", fresh.interval().toSeconds());
            data.put(
                    "last_success",
                    fresh.lastSuccess() == null
                            ? "none yet"
                            : fresh.lastSuccess().toString());
            data.put("last_failure", fresh.lastFailure() == null ? "none" : fresh.lastFailure());
            checks.add(HealthDocument.Check.of("sync", fresh.isFresh(), data));
        });
        HealthDocument health = HealthDocument.of(checks);
        return RestResponse.status(
                health.isUp() ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE, health);
    }

    private HealthDocument.Check database() {
        DatabaseState database = tables.state();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", database.state());
        if (database.reason() != null) {
            data.put("reason", database.reason());
        }
        return HealthDocument.Check.of("database", database.usable(), data);
    }

    /**
     * Whether the server answers at all.
     *
     * @return 200
     */
    @GET
    @Path("/live")
    @NonBlocking
    public HealthDocument live() {
        return HealthDocument.of(List.of());
    }

    /**
     * Whether jobs are taken.
     *
     * @return as {@link #health()}
     */
    @GET
    @Path("/ready")
    public RestResponse<HealthDocument> ready() {
        return health();
    }
}
