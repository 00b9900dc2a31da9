package io.github.tandemfetch.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves HTTP on a Unix domain socket, as the HTTP library does on ports: its own listener takes such sockets with a
 * native library only, which is not part of this program.
 */
final class SocketListener extends ChannelInitializer<Channel> {
    private final VertxInternal vertx;
    private final HttpServerOptions options;
    private final RequestGate gate;
    private final Handler<HttpServerRequest> requests;
    private final Consumer<HttpConnection> connected;
    private volatile Channel listening;

    SocketListener(
            VertxInternal vertx,
            HttpServerOptions options,
            RequestGate gate,
            Handler<HttpServerRequest> requests,
            Consumer<HttpConnection> connected) {
        this.vertx = vertx;
        this.options = options;
        this.gate = gate;
        this.requests = requests;
        this.connected = connected;
    }

    /**
     * Begins to answer requests.
     *
     * @param socket a socket that listens already
     */
    void start(ServerSocketChannel socket) {
        listening = new ServerBootstrap()
                .group(vertx.getAcceptorEventLoopGroup(), vertx.getEventLoopGroup())
                .channelFactory(() -> new NioServerDomainSocketChannel(socket))
                .childHandler(this)
                .register()
                .syncUninterruptibly()
                .channel();
    }

    /** Takes no more connections. */
    void stop(long patienceMillis) {
        if (listening != null) {
            listening.close().awaitUninterruptibly(patienceMillis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("httpDecoder", new VertxHttpRequestDecoder(options));
        pipeline.addLast("httpEncoder", new HttpResponseEncoder());
        ContextInternal context = vertx.createEventLoopContext(
                channel.eventLoop(), null, Thread.currentThread().getContextClassLoader());
        VertxHandler<Http1xServerConnection> last = VertxHandler.create(place -> {
            Http1xServerConnection connection = new Http1xServerConnection(
                    context::duplicate, null, options, place, context, "http://localhost", null);
            connection.handler(requests);
            connection.invalidRequestHandler(gate::invalid);
            return connection;
        });
        pipeline.addLast(ApiServer.LAST_HANDLER, last);
        connected.accept(last.getConnection());
    }
}
