package io.github.tandemfetch.jobs.rest;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The HTTP server, which is there only for as long as the command that starts it. Quarkus' own is switched off, since it
 * would come up with every command, and before the jobs are ready.
 */
@Singleton
public class ApiServer {
    private static final Logger LOG = Logger.getLogger(ApiServer.class);
    private static final int INSTANCES = 2;

    // Where each listener were told 0, each would have a port of its own.
    private static final int ANY_SHARED_PORT = -1;
    private static final int MOST_CONNECTIONS = 512;
    private static final Duration TO_ASK = Duration.ofSeconds(10);
    private static final long MILLIS_BETWEEN_LOOKS = 250;
    private static final int IDLE_SECONDS = 30;
    private static final int READ_AT_ONCE = 16_384;
    private static final int LARGEST_LINE = 4_096;
    private static final int LARGEST_HEADERS = 8_192;
    private static final long SECONDS_TO_START = 30;

    private final Vertx vertx;
    private final Router router;
    private final Connections<HttpConnection> connections = new Connections<>(MOST_CONNECTIONS, System::nanoTime);
    private final AtomicInteger port = new AtomicInteger();
    private volatile String deployment;

    /**
     * Creates the server; {@link #start} opens its door.
     *
     * @param vertx runs it
     * @param router leads to the resources
     */
    public ApiServer(Vertx vertx, Router router) {
        this.vertx = vertx;
        this.router = router;
    }

    /**
     * Begins to answer requests.
     *
     * @param host the address to listen on
     * @param wantedPort the port; 0 for any that is free
     * @param access who may ask
     * @return the port
     * @throws TandemException where the port is taken or the address is not this machine's
     */
    public int start(String host, int wantedPort, ApiAccess access) {
        RequestGate gate = new RequestGate(access, connections);
        router.route().order(Integer.MIN_VALUE).handler(gate).failureHandler(gate::failed);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LARGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setReceiveBufferSize(READ_AT_ONCE)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        options.setPort(wantedPort == 0 ? ANY_SHARED_PORT : wantedPort);
        try {
            deployment = vertx.deployVerticle(
                            () -> new Listener(options, gate), new DeploymentOptions().setInstances(INSTANCES))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw notStarted(host, wantedPort, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted(host, wantedPort, e);
        }
        return port.get();
    }

    /**
     * Takes no more requests, and cuts the answers that are still under way.
     *
     * @param patienceMillis how long to wait for the listeners to close
     */
    public void stop(long patienceMillis) {
        if (deployment == null) {
            return;
        }
        try {
            vertx.undeploy(deployment)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The server did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connected(HttpConnection connection) {
        connection.closeHandler(closed -> connections.closed(connection));
        // Whoever goes away in the middle of an answer has seen enough.
        connection.exceptionHandler(broken -> LOG.debugf("A connection broke: %s", broken.getMessage()));
        connections.opened(connection, connection::close);
        connections.await(connection, TO_ASK, connection::close);
    }

    private static TandemException notStarted(String host, int port, Exception cause) {
        LOG.debug("The server could not listen", cause);
        return new TandemException(
                "PORT_NOT_AVAILABLE",
                "The server cannot listen on port " + port + " of " + host + ".",
                "Another program may have it: choose another with --port, or any that is free with --port 0.",
                ExitStatus.INVALID_USAGE,
                cause);
    }

    /** One listener; two of them share the port, each with a thread of its own. */
    private final class Listener extends AbstractVerticle {
        private final HttpServerOptions options;
        private final RequestGate gate;

        private Listener(HttpServerOptions options, RequestGate gate) {
            this.options = options;
            this.gate = gate;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.setPeriodic(MILLIS_BETWEEN_LOOKS, looked -> connections.endOverdue());
            HttpServer server = vertx.createHttpServer(options)
                    .connectionHandler(ApiServer.this::connected)
                    .invalidRequestHandler(gate::invalid)
                    .requestHandler(gate.readable(VertxHttpRecorder.getRootHandler()));
            server.listen()
                    .onSuccess(listening -> {
                        port.set(listening.actualPort());
                        started.complete();
                    })
                    .onFailure(started::fail);
        }
    }
}
