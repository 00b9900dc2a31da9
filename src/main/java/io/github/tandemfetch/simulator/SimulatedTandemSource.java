package io.github.tandemfetch.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;

/**
 * A Tandem Source on loopback that any client can log in to and read from. Starting it generates a key and indexes the
 * histories; serving holds at most one day of events in memory per response.
 */
public final class SimulatedTandemSource implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SimulatedTandemSource.class);
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ServiceUrls addresses;
    private final Account account;
    private final SimulatorFaults faults;
    private final RequestLog requests = new RequestLog();
    private final AccountsEndpoint accounts;
    private final SourceEndpoint source;

    private SimulatedTandemSource(SimulatorOptions options, HttpServer server) {
        this.server = server;
        String scheme = server instanceof HttpsServer ? "https" : "http";
        addresses =
                new ServiceUrls(scheme + "://127.0.0.1:" + server.getAddress().getPort(), options.region());
        account = AccountFactory.of(options);
        RandomTokens secrets = new RandomTokens();
        AccessTokens tokens = new AccessTokens(secrets, options.login().tokenLifetime());
        AccountLock lock = new AccountLock(options.login().attempts());
        faults = new SimulatorFaults(tokens, lock);
        accounts = new AccountsEndpoint(options, account, addresses, secrets, tokens, lock, faults);
        source = new SourceEndpoint(account, addresses, tokens, new SimulatedTime(account.pumps(), options.timeStep()));
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "simulated-tandem-source");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a server on 127.0.0.1.
     *
     * @throws TandemException where the port is not available
     */
    public static SimulatedTandemSource start(SimulatorOptions options) {
        return start(options, Optional.empty());
    }

    /**
     * Starts a server on 127.0.0.1 with TLS only.
     *
     * @throws TandemException where the port is not available
     */
    public static SimulatedTandemSource start(SimulatorOptions options, SSLContext tls) {
        return start(options, Optional.of(new HttpsConfigurator(tls)));
    }

    private static SimulatedTandemSource start(SimulatorOptions options, Optional<HttpsConfigurator> tls) {
        // Without it, each small response on a kept connection waits for a delayed acknowledgement: 40 ms. The server
        // reads the property once, before its first start.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), options.port());
            SimulatedTandemSource simulated = new SimulatedTandemSource(options, server(address, tls));
            simulated.server.createContext("/", simulated::handle);
            simulated.server.setExecutor(simulated.threads);
            simulated.server.start();
            return simulated;
        } catch (IOException e) {
            throw new TandemException(
                    "SIMULATOR_PORT_UNAVAILABLE",
                    "Port " + options.port() + " of 127.0.0.1 is not available for the simulated Tandem Source.",
                    "Choose another port, or 0 for any free one.",
                    ExitStatus.SERVICE_FAILURE,
                    e);
        }
    }

    private static HttpServer server(InetSocketAddress address, Optional<HttpsConfigurator> tls) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(tls.get());
        return server;
    }

    /** The SSO page, the login's first step and its {@code Referer}; ends in a slash. */
    public URI ssoUrl() {
        return URI.create(addresses.sso());
    }

    /** The base of the accounts service and the issuer of id tokens; without a trailing slash. */
    public URI accountsUrl() {
        return URI.create(addresses.accounts());
    }

    /** Tandem Source; ends in a slash. */
    public URI sourceUrl() {
        return URI.create(addresses.source());
    }

    /** The redirect URI of the authorization code; serves an empty page for clients that follow every redirect. */
    public URI redirectUri() {
        return URI.create(addresses.redirectUri());
    }

    /** The client id of the region. */
    public String clientId() {
        return addresses.clientId();
    }

    /** The UUID in the id token. */
    public String pumperId() {
        return account.pumperId();
    }

    /** The pumps in listed order: retired ones first, the one that never uploaded last. */
    public List<SimulatedPump> pumps() {
        return account.pumps();
    }

    public SimulatorFaults faults() {
        return faults;
    }

    public RequestLog requests() {
        return requests;
    }

    /** Stops at once, within pending responses. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getRawPath();
        try {
            route(http, path);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The simulator failed at %s", path);
            throw e;
        }
    }

    private void route(HttpExchange http, String path) throws IOException {
        String callback = redirectUri().getRawPath();
        if (path.equals(callback)) {
            accounts.callbackPage(exchange(http, RequestKind.ANY));
        } else if (path.equals(ServiceUrls.SSO_PATH)) {
            accounts.ssoPage(exchange(http, RequestKind.SSO_PAGE));
        } else if (path.equals(ServiceUrls.ACCOUNTS_PATH + "/login")) {
            accounts.login(exchange(http, RequestKind.LOGIN));
        } else if (path.startsWith(ServiceUrls.ACCOUNTS_PATH + "/connect/authorize")) {
            accounts.authorize(exchange(http, RequestKind.AUTHORIZE));
        } else if (path.equals(ServiceUrls.ACCOUNTS_PATH + "/connect/token")) {
            accounts.token(exchange(http, RequestKind.TOKEN));
        } else if (path.equals(ServiceUrls.ACCOUNTS_PATH + "/.well-known/openid-configuration")
                || path.equals(ServiceUrls.ACCOUNTS_PATH + "/.well-known/openid-configuration/jwks")) {
            accounts.keys(exchange(http, RequestKind.KEYS));
        } else if (path.startsWith(ServiceUrls.SOURCE_PATH)) {
            source.handle(exchange(http, SourceEndpoint.kindOf(path)));
        } else {
            exchange(http, RequestKind.ANY).refuseHtml(404, SourceEndpoint.NOT_FOUND);
        }
    }

    private Exchange exchange(HttpExchange http, RequestKind kind) {
        return new Exchange(http, kind, requests, faults);
    }
}
