package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ProxyAddress;
import io.github.tandemfetch.failure.ExitStatus;
import java.time.Duration;
import java.util.regex.Pattern;

/** The failures of Tandem Source and of the way to it that nobody handles by their type. */
final class SourceFailures {
    /** What a status looks like; anything else is not repeated. */
    private static final Pattern STATUS = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private static final String LATER =
            "Try again later; if it stays, the service has changed: look for a newer version of tandem.";

    private SourceFailures() {}

    /** The service refuses to serve this client (403). */
    static SourceException blocked(boolean byFirewall) {
        return byFirewall
                ? new SourceException(
                        "BLOCKED_BY_FIREWALL",
                        "The request was blocked by the firewall of Tandem Source (403).",
                        "Wait some minutes and try again, without VPN or proxy; if it stays, the service has changed: "
                                + "look for a newer version of tandem.")
                : new SourceException(
                        "ACCESS_DENIED",
                        "Tandem Source denied access to this data (403).",
                        "Sign in at the website and see whether the account can open this pump there.");
    }

    /** The service limits the rate of requests (429). */
    static TransientSourceException rateLimited(Duration retryAfter) {
        return new TransientSourceException(
                "RATE_LIMITED",
                "too many requests (HTTP status 429)",
                "Try again later, and less often; whatever was fetched is kept.",
                retryAfter,
                null);
    }

    /** A data call was refused although the login was just renewed. */
    static SourceException sessionRefused() {
        return new SourceException(
                "SESSION_REFUSED",
                "Tandem Source refused a token that it had just issued (401).",
                "Try again later; if it stays, sign in at the website once and see whether it asks for anything.");
    }

    /** The thread was interrupted while it waited. */
    static SourceException interrupted() {
        return new SourceException(
                "INTERRUPTED",
                "Interrupted while waiting for Tandem Source.",
                "Run it again to go on where it stopped.",
                ExitStatus.INTERRUPTED);
    }

    /** The password was accepted, but the rest of the login failed. */
    static SourceException login(String message) {
        return new SourceException("LOGIN_FAILED", message, LATER);
    }

    /** The service answered the login with a web page: it is down for maintenance, or something between answered. */
    static SourceException loginAnsweredByPage(String region) {
        return new SourceException(
                "LOGIN_ANSWERED_BY_PAGE",
                "Tandem Source answered the login in region " + region + " with a web page instead of JSON.",
                "Try again later: the service may be down for maintenance. Behind a proxy or a network that asks for a"
                        + " login of its own, open a web page in a browser first.");
    }

    /** Neither success nor a refusal of the credentials: not repeated in this process, not saved as a refused password. */
    static LoginRefusedException loginIncomplete(String status, String region) {
        return new LoginRefusedException(
                "LOGIN_INCOMPLETE",
                "Tandem Source answered the login in region " + region + " with "
                        + (STATUS.matcher(status).matches() ? "the status " + status : "no status")
                        + " instead of SUCCESS.",
                "Log in once at Tandem Source in a browser: the account may need a new password or a confirmation there."
                        + " If that works, look for a newer version of tandem.");
    }

    /** The token that says who logged in cannot be trusted. */
    static SourceException idTokenInvalid(String problem) {
        return idToken(
                problem,
                "Check this machine's clock and the configured endpoints; if both are right, the service has changed: "
                        + "look for a newer version of tandem.");
    }

    /** The service uses several client ids; which one it gives tokens for may change. */
    static SourceException idTokenForAnotherClient() {
        return idToken(
                "it is meant for another application",
                "Set TANDEM_CLIENT_ID if the service has a new client id for your region; else look for a newer version"
                        + " of tandem.");
    }

    private static SourceException idToken(String problem, String remedy) {
        return new SourceException(
                "ID_TOKEN_INVALID",
                "Tandem Source sent an identity token that cannot be trusted: " + problem + ".",
                remedy);
    }

    static SourceException proxyUnreachable(ProxyAddress proxy, Throwable cause) {
        return new SourceException(
                "PROXY_UNREACHABLE",
                "The proxy " + proxy + " cannot be reached.",
                "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY lists the hosts that need no proxy.",
                cause);
    }

    /** @param status the proxy's HTTP status; 0 where it gave none */
    static SourceException proxyRefused(ProxyAddress proxy, String host, int status, Throwable cause) {
        return new SourceException(
                "PROXY_REFUSED",
                "The proxy " + proxy + " refuses the connection to " + host
                        + (status > 0 ? " with status " + status + "." : "."),
                status == 407
                        ? "Put the proxy's user and password into the variable: http://USER:PASSWORD@HOST:PORT."
                        : "Ask whoever runs the proxy to allow that host, or list the host in NO_PROXY.",
                cause);
    }
}
