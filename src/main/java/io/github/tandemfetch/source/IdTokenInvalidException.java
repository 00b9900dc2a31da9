package io.github.tandemfetch.source;

/** The token that says who logged in is not one this client may trust. */
public class IdTokenInvalidException extends SourceException {
    private static final long serialVersionUID = 1L;

    IdTokenInvalidException(String problem) {
        super(
                "ID_TOKEN_INVALID",
                "Tandem Source sent an identity token that cannot be trusted: " + problem + ".",
                "Check this machine's clock and the configured endpoints; if both are right, the service has changed: "
                        + "look for a newer version of tandem.");
    }
}
