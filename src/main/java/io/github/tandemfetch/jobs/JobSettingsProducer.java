package io.github.tandemfetch.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the settings of the command that runs the jobs to the services, which are made after it has them. */
@Singleton
public class JobSettingsProducer {
    private JobSettings settings;

    /**
     * Takes the settings, before any service is asked for anything.
     *
     * @param chosen the settings
     */
    public synchronized void use(JobSettings chosen) {
        settings = chosen;
    }

    @Produces
    @Dependent
    synchronized JobSettings settings() {
        if (settings == null) {
            throw new IllegalStateException("The jobs have no settings yet");
        }
        return settings;
    }
}
