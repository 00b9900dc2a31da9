package io.github.tandemfetch.simulator;

/** Counts wrong passwords and locks the account after too many; only a test unlocks it. */
final class AccountLock {
    private final int attempts;
    private int wrong;
    private boolean closed;

    AccountLock(int attempts) {
        this.attempts = attempts;
    }

    synchronized void wrongPassword() {
        wrong++;
        closed = closed || wrong >= attempts;
    }

    synchronized void rightPassword() {
        wrong = 0;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        wrong = 0;
    }
}
