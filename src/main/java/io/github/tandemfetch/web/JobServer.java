package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.jobs.ExportJobService;
import io.github.tandemfetch.jobs.JobSettings;
import io.github.tandemfetch.jobs.JobSettingsProducer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Starts what belongs together, in order: the jobs, then the door to them. Ends it in the same order, when told to. */
@Singleton
public class JobServer {
    private static final long MILLIS_TO_CLOSE = 1_000;

    private final JobSettingsProducer settings;
    private final Instance<ExportJobService> jobs;
    private final Instance<ApiServer> door;
    private boolean started;

    /**
     * Creates the server.
     *
     * @param settings hands the settings on
     * @param jobs runs the jobs; made when the settings are there
     * @param door answers requests
     */
    public JobServer(JobSettingsProducer settings, Instance<ExportJobService> jobs, Instance<ApiServer> door) {
        this.settings = settings;
        this.jobs = jobs;
        this.door = door;
    }

    /**
     * Starts.
     *
     * @param chosen how the jobs are run
     * @param listening where to listen, and to whom
     * @return the port
     * @throws TandemException where the folder of the jobs or the port cannot be had
     */
    public synchronized int start(JobSettings chosen, ServerSettings listening) {
        settings.use(chosen);
        jobs.get().start();
        started = true;
        try {
            int port = door.get().start(listening);
            jobs.get().resume();
            return port;
        } catch (TandemException e) {
            stop();
            throw e;
        }
    }

    /**
     * Ends: running jobs are interrupted, then downloads cut. Takes no more than four seconds. Whoever comes second waits
     * for the first: the process is not to end in between.
     */
    public synchronized void stop() {
        if (started) {
            started = false;
            jobs.get().stop();
            door.get().stop(MILLIS_TO_CLOSE);
        }
    }

    void ending(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        stop();
    }
}
