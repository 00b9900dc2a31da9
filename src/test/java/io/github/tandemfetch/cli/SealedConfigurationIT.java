package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SelfSignedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing but the program's own settings changes what it trusts, where it connects, listens or logs. */
class SealedConfigurationIT {
    @RegisterExtension
    static final SimulatedAccount ACCOUNT =
            new SimulatedAccount(SimulatorOptions.defaults().withDays(2));

    @TempDir
    Path folder;

    /** Where somebody else's configuration may lie. */
    enum Place {
        CONFIG_FOLDER {
            @Override
            void put(Map<String, String> properties, TandemProcess tandem) throws IOException {
                Files.createDirectories(tandem.folder().resolve("config"));
                Files.writeString(tandem.folder().resolve("config/application.properties"), lines(properties));
            }
        },
        WORKING_FOLDER {
            @Override
            void put(Map<String, String> properties, TandemProcess tandem) throws IOException {
                for (String name : new String[] {
                    "application.properties",
                    "application-prod.properties",
                    "logging.properties",
                    "microprofile-config.properties",
                    "vertx-default-jul-logging.properties"
                }) {
                    Files.writeString(tandem.folder().resolve(name), lines(properties));
                }
                tandem.with("QUARKUS_CONFIG_LOCATIONS", "application.properties");
                tandem.with("SMALLRYE_CONFIG_LOCATIONS", "application.properties");
            }
        },
        DOT_ENV {
            @Override
            void put(Map<String, String> properties, TandemProcess tandem) throws IOException {
                Files.writeString(tandem.folder().resolve(".env"), lines(properties) + lines(variables(properties)));
            }
        },
        ENVIRONMENT {
            @Override
            void put(Map<String, String> properties, TandemProcess tandem) {
                properties.forEach(tandem::with);
                variables(properties).forEach(tandem::with);
            }
        },
        SYSTEM_PROPERTY {
            @Override
            void put(Map<String, String> properties, TandemProcess tandem) {
                tandem.withSystemProperties(properties);
            }
        };

        abstract void put(Map<String, String> properties, TandemProcess tandem) throws IOException;

        private static String lines(Map<String, String> properties) {
            return properties.entrySet().stream()
                    .map(property -> property.getKey() + "=" + property.getValue() + "\n")
                    .collect(Collectors.joining());
        }

        private static Map<String, String> variables(Map<String, String> properties) {
            Map<String, String> variables = new LinkedHashMap<>();
            properties.forEach((name, value) ->
                    variables.put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
            return variables;
        }
    }

    /** Counts who connects, and hangs up. */
    private static final class Trap implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Trap() throws IOException {
            thread.execute(() -> {
                while (!socket.isClosed()) {
                    try {
                        socket.accept().close();
                        connections.incrementAndGet();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        String port() {
            return String.valueOf(socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
            thread.shutdownNow();
        }
    }

    private static Map<String, String> hostile(String proxyPort, int listenPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.rest-client.proxy-address", "127.0.0.1:" + proxyPort);
        properties.put("quarkus.rest-client.proxy-user", "somebody");
        properties.put("quarkus.rest-client.connect-timeout", "1");
        properties.put("quarkus.rest-client.read-timeout", "1");
        properties.put("quarkus.rest-client.url", "http://127.0.0.1:" + proxyPort);
        properties.put("quarkus.rest-client.override-uri", "http://127.0.0.1:" + proxyPort);
        properties.put("quarkus.rest-client.logging.scope", "request-response");
        properties.put("quarkus.proxy.host", "127.0.0.1");
        properties.put("quarkus.proxy.port", proxyPort);
        properties.put("quarkus.http.host-enabled", "true");
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", String.valueOf(listenPort));
        properties.put("quarkus.http.test-port", String.valueOf(listenPort));
        properties.put("quarkus.http.ssl-port", String.valueOf(listenPort));
        properties.put("quarkus.http.domain-socket-enabled", "true");
        properties.put("quarkus.http.domain-socket", "listener.sock");
        properties.put("quarkus.http.access-log.enabled", "true");
        properties.put("quarkus.management.enabled", "true");
        properties.put("quarkus.management.port", String.valueOf(listenPort));
        properties.put("quarkus.log.level", "loud");
        properties.put("quarkus.log.category.\"io.github.tandemfetch\".level", "TRACE");
        properties.put("quarkus.log.category.\"org.jboss.resteasy.reactive.client.logging\".level", "DEBUG");
        properties.put("quarkus.log.console.format", "FORMAT OF SOMEBODY ELSE %s%n");
        properties.put("quarkus.log.console.stderr", "false");
        properties.put("quarkus.log.file.enabled", "true");
        properties.put("quarkus.log.file.enable", "true");
        properties.put("quarkus.log.file.path", "somebody.log");
        properties.put("quarkus.log.syslog.enabled", "true");
        properties.put("quarkus.log.syslog.endpoint", "127.0.0.1:" + proxyPort);
        properties.put("quarkus.log.socket.enabled", "true");
        properties.put("quarkus.log.socket.endpoint", "127.0.0.1:" + proxyPort);
        properties.put("quarkus.banner.enabled", "true");
        properties.put("quarkus.profile", "dev");
        properties.put("smallrye.config.profile", "dev");
        properties.put("quarkus.default-locale", "ar-EG-u-nu-arab");
        properties.put("quarkus.http.limits.max-body-size", "1");
        properties.put("quarkus.vertx.event-loops-pool-size", "0");
        properties.put("quarkus.thread-pool.max-threads", "nonsense");
        properties.put("quarkus.arc.test.disable-application-lifecycle-observers", "true");
        properties.put("quarkus.class-loading.disabled", "true");
        properties.put("java.util.logging.config.file", "logging.properties");
        properties.put("jdk.httpclient.HttpClient.log", "all");
        properties.put("https.proxyHost", "127.0.0.1");
        properties.put("https.proxyPort", proxyPort);
        properties.put("http.proxyHost", "127.0.0.1");
        properties.put("http.proxyPort", proxyPort);
        properties.put("http.nonProxyHosts", "");
        properties.put("socksProxyHost", "127.0.0.1");
        properties.put("socksProxyPort", proxyPort);
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void a_sync_goes_neither_by_a_foreign_proxy_nor_into_a_foreign_log(Place place) throws Exception {
        try (Trap trap = new Trap()) {
            TandemProcess tandem = ACCOUNT.in(folder);
            place.put(hostile(trap.port(), freePort()), tandem);

            TandemProcess.Result result = tandem.run("sync", "-vv");

            result.exits(0);
            assertThat(tandem.rows("raw_events")).isEqualTo(ACCOUNT.events());
            assertThat(trap.connections).hasValue(0);
            assertThat(result.out() + result.err())
                    .doesNotContain("FORMAT OF SOMEBODY ELSE", "java.", "Bearer", "Powered by Quarkus");
            assertThat(folder.resolve("somebody.log")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void serve_listens_nowhere_but_where_it_says(Place place) throws Exception {
        try (Trap trap = new Trap()) {
            int port = freePort();
            TandemProcess tandem = ACCOUNT.in(folder);
            place.put(hostile(trap.port(), port), tandem);

            try (ServeProcess serve = ServeProcess.start(tandem)) {
                assertThat(listens(serve.port())).isTrue();
                assertThat(listens(port)).isFalse();
            }
            assertThat(trap.connections).hasValue(0);
            assertThat(folder.resolve("listener.sock")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void a_self_signed_certificate_is_refused_whatever_the_framework_is_told(Place place) throws Exception {
        try (SelfSignedServer server = new SelfSignedServer(folder)) {
            Map<String, String> properties = new LinkedHashMap<>();
            properties.put("quarkus.tls.trust-all", "true");
            properties.put("quarkus.tls.hostname-verification-algorithm", "NONE");
            properties.put(
                    "quarkus.tls.trust-store.p12.path",
                    folder.resolve("keys.p12").toString());
            properties.put("quarkus.tls.trust-store.p12.password", "changeit");
            properties.put("quarkus.rest-client.trust-all", "true");
            properties.put("quarkus.rest-client.verify-host", "false");
            properties.put(
                    "quarkus.rest-client.trust-store",
                    folder.resolve("keys.p12").toString());
            properties.put("quarkus.rest-client.trust-store-password", "changeit");
            properties.put("quarkus.rest-client.hostname-verifier", "io.quarkus.restclient.NoopHostnameVerifier");
            properties.put("jdk.internal.httpclient.disableHostnameVerification", "true");
            TandemProcess tandem = ACCOUNT.in(folder).with("TANDEM_SOURCE_URL", server.base());
            place.put(properties, tandem);

            TandemProcess.Result result = tandem.run("pumps", "-vv");

            result.exits(4);
            assertThat(result.err()).contains("certificate").doesNotContain("Bearer");
        }
    }
}
