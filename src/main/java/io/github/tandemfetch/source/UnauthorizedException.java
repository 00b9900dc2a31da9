package io.github.tandemfetch.source;

/** A data call was answered with 401: the token is no longer taken. */
final class UnauthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnauthorizedException() {
        super("401", null, false, false);
    }
}
