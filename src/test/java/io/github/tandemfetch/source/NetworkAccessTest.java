package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Environment;
import io.quarkus.test.junit.QuarkusTest;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Login and data calls by a proxy and with certificates of the person's own, over real TLS. */
@QuarkusTest
class NetworkAccessTest {
    // Basic authentication of somebody:s3cr3t@x
    private static final String AUTHORIZATION = "Basic c29tZWJvZHk6czNjcjN0QHg=";

    @TempDir
    Path folder;

    private NetworkAccess access(int proxyPort, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("HTTPS_PROXY", "http://somebody:s3cr3t%40x@127.0.0.1:" + proxyPort);
        return NetworkAccess.of(new Environment(variables, folder, folder));
    }

    private static int login(NetworkAccess access, String url) {
        return new LoginHttp(SourceTimeouts.standard(), access, true)
                .send(LoginHttp.request(URI.create(url)))
                .status();
    }

    private static Throwable data(NetworkAccess access, String url) throws Exception {
        Endpoints endpoints = new Endpoints(url, url, url, "the-client", "http://127.0.0.1/callback");
        SourceApi api = new DataCalls(endpoints, SourceTimeouts.standard(), access).build();
        try (Closeable closing = (Closeable) api) {
            assertThat(closing).isNotNull();
            return catchThrowable(() -> api.pumper("Bearer token", "pumper-1"));
        }
    }

    @Test
    void login_and_data_calls_go_by_the_proxy_and_trust_the_bundle() throws Exception {
        try (SelfSignedServer server = new SelfSignedServer(folder);
                ConnectProxy proxy = new ConnectProxy(URI.create(server.base()).getPort(), 0)) {
            NetworkAccess access =
                    access(proxy.port(), Map.of("SSL_CERT_FILE", server.pem().toString()));
            assertThat(login(access, "https://source.test/")).isEqualTo(404);
            assertThat(data(access, "https://source.test/")).isInstanceOf(FailedAnswerException.class);
            assertThat(proxy.asked()).hasSize(2).allSatisfy(head -> assertThat(head)
                    .startsWith("CONNECT source.test:443 ")
                    .containsIgnoringCase("proxy-authorization: " + AUTHORIZATION));
        }
    }

    @Test
    void requests_without_tls_go_by_the_proxy_of_their_own_variable() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = new RawServer(head -> {
            heads.add(head);
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        })) {
            String address = proxy.url().replace("http://", "http://somebody:s3cr3t%40x@");
            NetworkAccess access = NetworkAccess.of(new Environment(Map.of("http_proxy", address), folder, folder));

            assertThat(login(access, "http://source.test/page")).isEqualTo(404);
            assertThat(data(access, "http://source.test/")).isInstanceOf(FailedAnswerException.class);

            assertThat(heads).hasSize(2).allSatisfy(head -> assertThat(head)
                    .startsWith("GET http://source.test")
                    .containsIgnoringCase("proxy-authorization: " + AUTHORIZATION));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502})
    void a_refusal_names_the_proxy_without_its_credentials(int status) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(1, status)) {
            NetworkAccess access = access(proxy.port(), Map.of());
            Throwable inData = data(access, "https://source.test/");
            for (Throwable failure : new Throwable[] {
                catchThrowable(() -> login(access, "https://source.test/")),
                NetworkFailure.describe(
                        "source.test", access.proxies().proxyFor(URI.create("https://source.test/")), inData)
            }) {
                assertThat(failure)
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("127.0.0.1:" + proxy.port())
                        .hasMessageContaining(Integer.toString(status))
                        .hasMessageNotContaining("s3cr3t");
            }
        }
    }

    @Test
    void a_proxy_where_nothing_listens_is_named() throws Exception {
        NetworkAccess access = access(1, Map.of());
        assertThatThrownBy(() -> login(access, "https://source.test/"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("127.0.0.1:1 cannot be reached");
        Optional<io.github.tandemfetch.config.ProxyAddress> proxy =
                access.proxies().proxyFor(URI.create("https://source.test/"));
        assertThat(NetworkFailure.describe("source.test", proxy, data(access, "https://source.test/")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("127.0.0.1:1 cannot be reached");
    }

    @Test
    void a_bundle_that_is_missing_or_none_is_told_by_its_variable() throws Exception {
        Path none = Files.writeString(folder.resolve("none.pem"), "nothing");
        for (String file : new String[] {none.toString(), "missing.pem"}) {
            assertThatThrownBy(() -> access(1, Map.of("SSL_CERT_FILE", file))
                            .certificates()
                            .store())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("SSL_CERT_FILE");
        }
    }
}
