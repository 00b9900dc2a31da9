package io.github.tandemfetch.source;

/** These very credentials were refused before, so no request was made. */
public class LoginRefusedBeforeException extends SourceException {
    private static final long serialVersionUID = 1L;

    LoginRefusedBeforeException(String region) {
        super(
                "LOGIN_REFUSED_BEFORE",
                "Tandem Source refused these same credentials before, in region " + region
                        + "; they were not sent again, because repeated failures lock an account.",
                "Run `tandem login`: it tries anew, with the same or other credentials.");
    }
}
