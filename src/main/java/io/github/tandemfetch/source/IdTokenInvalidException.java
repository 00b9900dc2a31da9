package io.github.tandemfetch.source;

/** The token that says who logged in is not one this client may trust. */
public class IdTokenInvalidException extends SourceException {
    private static final long serialVersionUID = 1L;

    IdTokenInvalidException(String problem) {
        this(
                problem,
                "Check this machine's clock and the configured endpoints; if both are right, the service has changed: "
                        + "look for a newer version of tandem.");
    }

    private IdTokenInvalidException(String problem, String remedy) {
        super(
                "ID_TOKEN_INVALID",
                "Tandem Source sent an identity token that cannot be trusted: " + problem + ".",
                remedy);
    }

    /** The service uses several client ids; which one it gives tokens for may change. */
    static IdTokenInvalidException forAnotherClient() {
        return new IdTokenInvalidException(
                "it is meant for another application",
                "Set TANDEM_CLIENT_ID if the service has a new client id for your region; else look for a newer version"
                        + " of tandem.");
    }
}
