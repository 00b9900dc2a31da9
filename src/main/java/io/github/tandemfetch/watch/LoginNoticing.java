package io.github.tandemfetch.watch;

import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.source.SourceListener;
import java.time.Duration;
import java.time.Instant;

/** Hands everything on to another listener, and notices whether a login was begun. */
final class LoginNoticing implements SourceListener {
    private final SourceListener listener;
    private volatile boolean loggedIn;

    LoginNoticing(SourceListener listener) {
        this.listener = listener;
    }

    boolean hasLoggedIn() {
        return loggedIn;
    }

    @Override
    public void loggingIn(Region region) {
        loggedIn = true;
        listener.loggingIn(region);
    }

    @Override
    public void tokenReused(Instant expiresAt) {
        listener.tokenReused(expiresAt);
    }

    @Override
    public void retrying(int attempt, int attempts, Duration wait, String reason) {
        listener.retrying(attempt, attempts, wait, reason);
    }

    @Override
    public void warning(String message) {
        listener.warning(message);
    }
}
