package io.github.tandemfetch.source;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The product's own patience; a test replaces the beans to be quicker. */
@Dependent
public class SourceDefaults {
    /**
     * How failed calls are repeated.
     *
     * @return {@link RetryPolicy#standard()}
     */
    @Produces
    @Singleton
    @DefaultBean
    public RetryPolicy retryPolicy() {
        return RetryPolicy.standard();
    }

    /**
     * How long calls may take.
     *
     * @return {@link SourceTimeouts#standard()}
     */
    @Produces
    @Singleton
    @DefaultBean
    public SourceTimeouts timeouts() {
        return SourceTimeouts.standard();
    }
}
