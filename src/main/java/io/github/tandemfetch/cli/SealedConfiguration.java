package io.github.tandemfetch.cli;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.List;

/**
 * Keeps everything but this program's own settings from configuring it. The framework would read {@code .env} and {@code
 * config/application.properties} in the working folder, environment variables and system properties, and by them change
 * proxies, trusted certificates, listeners and logs. What is left is what was built into the program.
 *
 * <p>The framework finds this class by its entry under {@code META-INF/services}.
 */
@StaticInitSafe
public final class SealedConfiguration implements SmallRyeConfigBuilderCustomizer {
    private static final String SEALED = "tandem.configuration.sealed";

    /**
     * System properties by which the framework, its libraries or the JDK's HTTP client would be configured. The documented
     * exceptions are the JDK's own {@code javax.net.ssl.trustStore}, {@code …trustStorePassword} and {@code
     * …trustStoreType}.
     */
    private static final List<String> FOREIGN = List.of(
            "quarkus.",
            "%",
            "smallrye.",
            "io.smallrye.",
            "mp.",
            "vertx.",
            "vertxweb.",
            "io.vertx.",
            "io.netty.",
            "org.jboss.",
            "jboss.",
            "java.util.logging.",
            "logging.",
            "log4j",
            "jdk.httpclient.",
            "jdk.internal.httpclient.",
            "jdk.http.",
            "jdk.tls.",
            "com.sun.net.httpserver.",
            "sun.net.",
            "http.",
            "https.",
            "ftp.",
            "socksProxy",
            "socksNonProxyHosts",
            "java.net.",
            "javax.net.debug",
            "javax.net.ssl.keyStore",
            "com.fasterxml.",
            "picocli.",
            "networkaddress.",
            "duckdb");

    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    /** The log manager of the framework; the jar's start sets it before anything is logged. */
    private static final String LOG_MANAGER = "java.util.logging.manager";

    /** For the framework; {@link #seal} makes it take effect. */
    public SealedConfiguration() {}

    /** To be called before the framework starts: what it is given from outside from then on is ignored. */
    static void seal() {
        for (String name : System.getProperties().stringPropertyNames()) {
            if (!name.equals(LOG_MANAGER) && FOREIGN.stream().anyMatch(name::startsWith)) {
                System.clearProperty(name);
            }
        }
        System.setProperty(SEALED, "true");
    }

    /** Not sealed while the program is built, nor in the development mode: both need the sources. */
    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        if (Boolean.getBoolean(SEALED)) {
            builder.setAddDefaultSources(false)
                    .setAddSystemSources(false)
                    .setAddPropertiesSources(false)
                    .setAddDiscoveredSources(false)
                    // Defaults of the framework refer to it.
                    .withDefaultValue(TEMPORARY_FOLDER, System.getProperty(TEMPORARY_FOLDER));
        }
    }

    /** After all others, which add the sources. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }
}
