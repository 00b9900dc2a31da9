package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ProxyAddress;

/** The proxy refuses the connection or cannot be reached. */
public class ProxyException extends SourceException {
    private static final long serialVersionUID = 1L;

    private ProxyException(String code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
    }

    static ProxyException unreachable(ProxyAddress proxy, Throwable cause) {
        return new ProxyException(
                "PROXY_UNREACHABLE",
                "The proxy " + proxy + " cannot be reached.",
                "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY lists the hosts that need no proxy.",
                cause);
    }

    static ProxyException refused(ProxyAddress proxy, String host, int status, Throwable cause) {
        return new ProxyException(
                "PROXY_REFUSED",
                "The proxy " + proxy + " refuses the connection to " + host
                        + (status > 0 ? " with status " + status + "." : "."),
                status == 407
                        ? "Put the proxy's user and password into the variable: http://USER:PASSWORD@HOST:PORT."
                        : "Ask whoever runs the proxy to allow that host, or list the host in NO_PROXY.",
                cause);
    }
}
