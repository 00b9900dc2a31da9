package io.github.tandemfetch.source;

/** The host cannot be found or trusted; another attempt would end the same way. */
public class HostNotReachedException extends SourceException {
    private static final long serialVersionUID = 1L;

    private HostNotReachedException(String code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, cause);
    }

    static HostNotReachedException unknown(String host, Throwable cause) {
        return new HostNotReachedException(
                "HOST_UNKNOWN",
                "The host " + host + " cannot be found.",
                "Check the network connection, and the TANDEM_…_URL variables if you set any.",
                cause);
    }

    static HostNotReachedException untrusted(String host, Throwable cause) {
        return new HostNotReachedException(
                "TLS_FAILED",
                "No secure connection to " + host + ": its certificate or its TLS is not accepted.",
                "Check this machine's clock, and whether a proxy or virus scanner intercepts the connection.",
                cause);
    }
}
