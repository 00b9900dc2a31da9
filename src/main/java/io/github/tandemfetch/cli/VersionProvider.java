package io.github.tandemfetch.cli;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that was built, from what the build wrote down: nothing is loaded or opened for it. */
@Singleton
@Unremovable
class VersionProvider implements IVersionProvider {
    private final VersionReport report;
    private final Output output;

    VersionProvider(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "tandem.build.commit") String commit,
            @ConfigProperty(name = "tandem.build.modified") boolean modified,
            @ConfigProperty(name = "tandem.build.duckdb-driver") String driver,
            Output output) {
        this.report = new VersionReport(
                version,
                commit,
                modified,
                engine(driver),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        this.output = output;
    }

    @Override
    public String[] getVersion() {
        return output.isJson()
                ? new String[] {output.text(report)}
                : report.lines().toArray(String[]::new);
    }

    /** The driver counts its own releases of one DuckDB in a fourth number. */
    private static String engine(String driver) {
        String[] numbers = driver.split("\\.");
        return numbers.length > 3 ? numbers[0] + "." + numbers[1] + "." + numbers[2] : driver;
    }
}
