package io.github.tandemfetch.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates that a secure connection trusts: the JDK's and the system's, or those of {@code
 * javax.net.ssl.trustStore} where it is set; and those of {@code SSL_CERT_FILE}. They are read once, when first asked for.
 */
public final class TrustedCertificates {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final List<String> OF_THE_SYSTEM = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private final Environment environment;
    private KeyStore store;

    /**
     * Creates the certificates; nothing is read yet.
     *
     * @param environment holds the variable
     */
    public TrustedCertificates(Environment environment) {
        this.environment = environment;
    }

    /**
     * All of them.
     *
     * @return a store without a password
     * @throws ConfigurationException where a file that was named cannot be used
     */
    public synchronized KeyStore store() {
        if (store == null) {
            try {
                store = read();
            } catch (GeneralSecurityException | IOException e) {
                throw invalid("The certificates of the Java runtime", e);
            }
        }
        return store;
    }

    /**
     * For a client that takes no store.
     *
     * @return trusts the certificates of {@link #store}
     * @throws ConfigurationException where a file that was named cannot be used
     */
    public SSLContext context() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw invalid("The certificates of the Java runtime", e);
        }
    }

    private KeyStore read() throws GeneralSecurityException, IOException {
        Set<Certificate> all = new LinkedHashSet<>();
        String named = System.getProperty(STORE, "");
        if (named.isEmpty()) {
            all.addAll(ofTheRuntime());
            all.addAll(ofTheSystem());
        } else {
            all.addAll(named(STORE, named));
        }
        Optional<String> bundle = environment.variable("SSL_CERT_FILE");
        if (bundle.isPresent()) {
            all.addAll(named("SSL_CERT_FILE", bundle.get()));
        }
        KeyStore made = KeyStore.getInstance("PKCS12");
        made.load(null, null);
        int number = 0;
        for (Certificate certificate : all) {
            made.setCertificateEntry("trusted-" + number++, certificate);
        }
        return made;
    }

    private static Collection<Certificate> ofTheRuntime() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<Certificate> found = new LinkedHashSet<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                found.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return found;
    }

    private static Collection<? extends Certificate> ofTheSystem() {
        for (String file : OF_THE_SYSTEM) {
            if (Files.exists(Path.of(file))) {
                try {
                    return pem(Files.readAllBytes(Path.of(file)));
                } catch (GeneralSecurityException | IOException notNamedByAnyone) {
                    return List.of();
                }
            }
        }
        return List.of();
    }

    private Collection<? extends Certificate> named(String name, String file) {
        try {
            byte[] content = Files.readAllBytes(environment.workingDirectory().resolve(file));
            boolean isPem = new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
            Collection<? extends Certificate> found = isPem || !name.equals(STORE) ? pem(content) : binary(content);
            if (found.isEmpty()) {
                throw invalid(name, null);
            }
            return found;
        } catch (GeneralSecurityException | IOException | InvalidPathException e) {
            throw invalid(name, e);
        }
    }

    private static Collection<? extends Certificate> pem(byte[] content) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
    }

    private static Collection<Certificate> binary(byte[] content) throws GeneralSecurityException, IOException {
        String password = System.getProperty(STORE + "Password", "");
        KeyStore read = KeyStore.getInstance(System.getProperty(STORE + "Type", KeyStore.getDefaultType()));
        try (InputStream in = new ByteArrayInputStream(content)) {
            read.load(in, password.isEmpty() ? null : password.toCharArray());
        }
        Set<Certificate> found = new LinkedHashSet<>();
        for (String alias : Collections.list(read.aliases())) {
            // As the JDK does: an entry with a private key vouches with its own certificate.
            found.add(read.getCertificate(alias));
        }
        found.remove(null);
        return found;
    }

    private static ConfigurationException invalid(String name, Throwable cause) {
        return new ConfigurationException(
                ConfigurationException.SETTING_INVALID,
                name + " does not name a readable file with certificates.",
                "SSL_CERT_FILE takes a PEM file; javax.net.ssl.trustStore a PEM, PKCS12 or JKS file, with "
                        + "javax.net.ssl.trustStorePassword where it needs one.",
                cause);
    }
}
