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
}
