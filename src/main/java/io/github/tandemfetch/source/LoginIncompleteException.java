package io.github.tandemfetch.source;

import java.util.regex.Pattern;

/**
 * The service answered the login, but neither with success nor with a refusal of the credentials. Not tried again in this
 * process, and not remembered as a refused password.
 */
public final class LoginIncompleteException extends LoginRefusedException {
    private static final long serialVersionUID = 1L;

    /** What a status looks like; anything else is not repeated. */
    private static final Pattern STATUS = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    LoginIncompleteException(String status, String region) {
        super(
                "LOGIN_INCOMPLETE",
                "Tandem Source answered the login in region " + region + " with "
                        + (STATUS.matcher(status).matches() ? "the status " + status : "no status")
                        + " instead of SUCCESS.",
                "Log in once at Tandem Source in a browser: the account may need a new password or a confirmation there."
                        + " If that works, look for a newer version of tandem.");
    }
}
