package io.github.tandemfetch.cli;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that was built, from what the build wrote down: nothing is loaded or opened for it. */
@Singleton
@Unremovable
class VersionProvider implements IVersionProvider {
    private final Output output;

    VersionProvider(Output output) {
        this.output = output;
    }

    @Override
    public String[] getVersion() {
        VersionReport report = report(built());
        return output.isJson()
                ? new String[] {output.document(report)}
                : report.lines().toArray(String[]::new);
    }

    private static VersionReport report(Properties built) {
        return new VersionReport(
                built.getProperty("version"),
                built.getProperty("commit"),
                Boolean.parseBoolean(built.getProperty("modified")),
                engine(built.getProperty("duckdb-driver")),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static Properties built() {
        try (InputStream written = VersionProvider.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            properties.load(written);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("This program cannot read itself.", e);
        }
    }

    /** The driver counts its own releases of one DuckDB in a fourth number. */
    private static String engine(String driver) {
        String[] numbers = driver.split("\\.");
        return numbers.length > 3 ? numbers[0] + "." + numbers[1] + "." + numbers[2] : driver;
    }
}
