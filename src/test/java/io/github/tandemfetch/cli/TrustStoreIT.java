package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.PrivateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A service behind an authority of somebody's own, as a company's proxy makes it. */
class TrustStoreIT {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withDays(1);

    @TempDir
    static Path authorityFolder;

    @TempDir
    Path folder;

    private static PrivateAuthority authority;
    private static SimulatedTandemSource service;

    @BeforeAll
    static void start() throws Exception {
        authority = new PrivateAuthority(authorityFolder);
        service = SimulatedTandemSource.start(OPTIONS, authority.server());
        authority.pem("x.pem");
        authority.store("PKCS12", "x.p12");
        authority.store("JKS", "x.jks");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private TandemProcess tandem() {
        assertThat(service.sourceUrl()).hasScheme("https");
        return new TandemProcess(folder).account(service, OPTIONS);
    }

    private TandemProcess trusting(String file, String password, String type) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("javax.net.ssl.trustStore", file);
        if (password != null) {
            properties.put("javax.net.ssl.trustStorePassword", password);
        }
        if (type != null) {
            properties.put("javax.net.ssl.trustStoreType", type);
        }
        return tandem().withSystemProperties(properties);
    }

    @Test
    void nobody_is_trusted_who_is_not_named() {
        assertThat(tandem().run("pumps", "--json")
                        .exits(4)
                        .errorJson()
                        .get("error")
                        .asText())
                .isEqualTo("TLS_FAILED");
    }

    @ParameterizedTest
    @CsvSource({
        "x.pem,,",
        "x.p12," + PrivateAuthority.PASSWORD + ",PKCS12",
        "x.p12," + PrivateAuthority.PASSWORD + ",",
        "x.jks," + PrivateAuthority.PASSWORD + ",JKS",
        "x.jks," + PrivateAuthority.PASSWORD + ",",
        "x.jks,,JKS"
    })
    void a_trust_store_of_each_kind_lets_login_and_data_calls_through(String file, String password, String type) {
        TandemProcess tandem = trusting(authorityFolder.resolve(file).toString(), password, type);

        assertThat(tandem.run("pumps").exits(0).out())
                .contains(service.pumps().get(0).serial());
    }

    @Test
    void a_file_in_the_working_folder_is_found_by_its_name_and_sync_works_with_it() throws Exception {
        Files.copy(authorityFolder.resolve("x.pem"), folder.resolve("x.pem"));

        trusting("x.pem", null, null).run("sync").exits(0);
    }

    @Test
    void the_variable_adds_to_what_is_trusted() {
        tandem().with("SSL_CERT_FILE", authorityFolder.resolve("x.pem").toString())
                .run("pumps")
                .exits(0);
    }

    @ParameterizedTest
    @CsvSource({
        "missing.pem,,",
        "missing.p12," + PrivateAuthority.PASSWORD + ",PKCS12",
        "x.p12,wrong-canary,PKCS12",
        "x.p12,,PKCS12",
        "x.jks,wrong-canary,JKS",
        "x.p12," + PrivateAuthority.PASSWORD + ",NONE",
        "server.csr,,",
        "keytool.log,,",
        ".,,"
    })
    void a_file_that_cannot_be_used_is_an_error_of_ours(String file, String password, String type) {
        TandemProcess tandem = trusting(authorityFolder.resolve(file).toString(), password, type);

        assertThat(tandem.run("pumps").exits(1).err())
                .startsWith("tandem: javax.net.ssl.trustStore does not name a readable file with certificates.")
                .contains("        SSL_CERT_FILE takes a PEM file; javax.net.ssl.trustStore a PEM, PKCS12 or JKS file")
                .doesNotContain("canary", "Exception", "should not have happened");
    }
}
