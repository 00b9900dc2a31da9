package io.github.tandemfetch.source;

/** The password was accepted, but the rest of the login did not go as it should. */
public class LoginFailedException extends SourceException {
    private static final long serialVersionUID = 1L;

    LoginFailedException(String message) {
        super(
                "LOGIN_FAILED",
                message,
                "Try again later; if it stays, the service has changed: look for a newer version of tandem.");
    }

    private LoginFailedException(String code, String message, String remedy) {
        super(code, message, remedy);
    }

    /** The service answered the login with a web page: it is down for maintenance, or something between answered. */
    static LoginFailedException page(String region) {
        return new LoginFailedException(
                "LOGIN_ANSWERED_BY_PAGE",
                "Tandem Source answered the login in region " + region + " with a web page instead of JSON.",
                "Try again later: the service may be down for maintenance. Behind a proxy or a network that asks for a"
                        + " login of its own, open a web page in a browser first.");
    }
}
