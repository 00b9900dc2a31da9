package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private static final int READ_AT_ONCE = 16_384;

    // A larger buffer hides for minutes whether a slow reader makes progress.
    private static final int WRITE_AT_ONCE = 262_144;

    private static final String IPV4_LOOPBACK = "127.0.0.1";
    private static final String IPV6_LOOPBACK = "::1";
    private static final int LARGEST_LINE = 4_096;
    private static final int LARGEST_HEADERS = 8_192;
    private static final long SECONDS_TO_START = 30;

    // The library's own, which takes the requests.
    static final String LAST_HANDLER = "handler";

    private final Vertx vertx;
    private final Router router;
    private final Connections<HttpConnection> connections = new Connections<>(MOST_CONNECTIONS, System::nanoTime);
    private final AtomicInteger port = new AtomicInteger();
    private SocketPath socket;
    private SocketListener socketListener;
    private long overdue;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

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
     * @param settings where, and to whom
     * @return the port; 0 with a socket
     * @throws TandemException where the port is taken, the address is not this machine's, or the socket cannot be had
     */
    public int start(ServerSettings settings) {
        RequestGate gate = new RequestGate(settings.access(), connections, settings.downloadTimeout());
        router.route().order(Integer.MIN_VALUE).handler(gate).failureHandler(gate::failed);
        if (settings.socket() != null) {
            listenOnSocket(gate, settings.socket());
            return 0;
        }
        try {
            listen(gate, settings.host(), settings.port());
            if (settings.host().equals(IPV4_LOOPBACK)) {
                listenOnSecondLoopback(gate, settings.port());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw notStarted(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted(settings, e);
        }
        return port.get();
    }

    // Programs that are told 'localhost' may try this one first, and another user's server could be there.
    private void listenOnSecondLoopback(RequestGate gate, int wantedPort)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            listen(gate, IPV6_LOOPBACK, port.get());
        } catch (ExecutionException e) {
            if (wantedPort != 0 && isInUse(e)) {
                throw e;
            }
            LOG.debug("The server does not listen on ::1", e);
        }
    }

    private void listenOnSocket(RequestGate gate, Path path) {
        SocketPath named = new SocketPath(path);
        ServerSocketChannel channel = named.open();
        socket = named;
        socketListener = new SocketListener(
                (VertxInternal) vertx,
                options(),
                gate,
                gate.readable(VertxHttpRecorder.getRootHandler()),
                this::connected);
        socketListener.start(channel);
        overdue = vertx.setPeriodic(MILLIS_BETWEEN_LOOKS, looked -> connections.endOverdue());
    }

    private static boolean isInUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("in use")) {
                return true;
            }
        }
        return false;
    }

    private void listen(RequestGate gate, String host, int wantedPort)
            throws ExecutionException, InterruptedException, TimeoutException {
        HttpServerOptions options = options().setHost(host).setPort(wantedPort == 0 ? ANY_SHARED_PORT : wantedPort);
        deployments.add(
                vertx.deployVerticle(() -> new Listener(options, gate), new DeploymentOptions().setInstances(INSTANCES))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(SECONDS_TO_START, TimeUnit.SECONDS));
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LARGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setReceiveBufferSize(READ_AT_ONCE)
                .setSendBufferSize(WRITE_AT_ONCE);
    }

    /**
     * Takes no more requests, and cuts the answers that are still under way.
     *
     * @param patienceMillis how long to wait for the listeners to close
     */
    public void stop(long patienceMillis) {
        if (socket != null) {
            socket.close();
            socketListener.stop(patienceMillis);
            vertx.cancelTimer(overdue);
        }
        CompletableFuture<?>[] ends = deployments.stream()
                .map(deployment ->
                        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        deployments.clear();
        try {
            CompletableFuture.allOf(ends).get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The server did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connected(HttpConnection connection) {
        connection.closeHandler(closed -> connections.closed(connection));
        // A client that goes away in the middle of an answer is no failure. What was wrong with a request is not
        // logged:
        // the message would quote its headers.
        connection.exceptionHandler(broken ->
                LOG.debugf("A connection broke (%s)", broken.getClass().getSimpleName()));
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        pipeline.addBefore(LAST_HANDLER, "version", new HttpVersionCheck());
        connections.opened(connection, connection::close);
        connections.await(connection, TO_ASK, connection::close);
    }

    private static TandemException notStarted(ServerSettings settings, Exception cause) {
        LOG.debug("The server could not listen", cause);
        return new TandemException(
                "PORT_NOT_AVAILABLE",
                "The server cannot listen on port " + settings.port() + " of " + settings.host() + ".",
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
