package io.github.tandemfetch.source;

/** The service refuses to serve this client (403). */
public class BlockedByServiceException extends SourceException {
    private static final long serialVersionUID = 1L;

    BlockedByServiceException(boolean firewall) {
        super(
                firewall ? "BLOCKED_BY_FIREWALL" : "ACCESS_DENIED",
                firewall
                        ? "The request was blocked by the firewall of Tandem Source (403)."
                        : "Tandem Source denied access to this data (403).",
                firewall
                        ? "Wait some minutes and try again, without VPN or proxy; if it stays, the service has changed: "
                                + "look for a newer version of tandem."
                        : "Sign in at the website and see whether the account can open this pump there.");
    }
}
