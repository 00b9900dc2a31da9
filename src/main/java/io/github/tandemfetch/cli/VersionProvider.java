package io.github.tandemfetch.cli;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that was built. */
@Singleton
@Unremovable
class VersionProvider implements IVersionProvider {
    private final String version;

    VersionProvider(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tandem " + version};
    }
}
