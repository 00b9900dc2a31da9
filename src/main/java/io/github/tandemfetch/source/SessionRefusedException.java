package io.github.tandemfetch.source;

/** A data call was refused although the login was just renewed. */
public class SessionRefusedException extends SourceException {
    private static final long serialVersionUID = 1L;

    SessionRefusedException() {
        super(
                "SESSION_REFUSED",
                "Tandem Source refused a token that it had just given out (401).",
                "Try again later; if it stays, sign in at the website once and see whether it asks for anything.");
    }
}
