package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ProxyAddress;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Tells the failures of the network apart, whichever HTTP client met them. The one place that knows their classes. */
final class NetworkFailure {
    private static final int DEEPEST_CAUSE = 20;

    /** How both clients say that a proxy did not open the way; neither has the status in a field. */
    private static final Pattern REFUSED = Pattern.compile("(?:Tunnel failed, got|status): ?(\\d{3})");

    private NetworkFailure() {}

    /** What a person needs to know of the failure of a request that may have gone by a proxy. */
    static SourceException describe(String host, Optional<ProxyAddress> proxy, Throwable failure) {
        if (proxy.isEmpty()) {
            return describe(host, failure);
        }
        Throwable cause = failure;
        boolean connected = true;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            Matcher refused = REFUSED.matcher(String.valueOf(cause.getMessage()));
            if (refused.find()) {
                return SourceFailures.proxyRefused(proxy.get(), host, Integer.parseInt(refused.group(1)), null);
            }
            connected &= !(cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof ProxyConnectException);
        }
        return connected ? describe(host, failure) : SourceFailures.proxyUnreachable(proxy.get(), null);
    }

    /** What a person needs to know of the failure; only the host is named, for a URL can hold identifiers. */
    static SourceException describe(String host, Throwable failure) {
        Throwable cause = failure;
        boolean connecting = false;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof SourceException known) {
                return known;
            }
            if (isInterruption(cause)) {
                Thread.currentThread().interrupt();
                return SourceFailures.interrupted();
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return HostNotReachedException.unknown(host, failure);
            }
            if (cause instanceof SSLException) {
                return HostNotReachedException.untrusted(host, failure);
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return unreachable(host, "does not answer", failure);
            }
            if (cause instanceof HttpTimeoutException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof TimeoutException) {
                return new ConnectionLostException("TIMEOUT", "no answer from " + host + " in time", failure);
            }
            connecting |= cause instanceof ConnectException || cause instanceof NoRouteToHostException;
        }
        return connecting
                ? unreachable(host, "cannot be reached", failure)
                : new ConnectionLostException("CONNECTION_LOST", "the connection to " + host + " was lost", failure);
    }

    /** What it means that an answer is none, as far as HTTP goes. */
    static SourceException notHttp(String host, RuntimeException failure) {
        return new ConnectionLostException("CONNECTION_LOST", "the answer of " + host + " is not HTTP", failure);
    }

    /** What it means that a body broke off. */
    static SourceException whileReading(IOException failure) {
        if (isInterruption(failure)) {
            Thread.currentThread().interrupt();
            return SourceFailures.interrupted();
        }
        return ConnectionLostException.cutShort(failure);
    }

    private static boolean isInterruption(Throwable cause) {
        return cause instanceof InterruptedException
                || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
    }

    private static ConnectionLostException unreachable(String host, String how, Throwable failure) {
        return new ConnectionLostException("HOST_UNREACHABLE", "the host " + host + " " + how, failure);
    }
}
