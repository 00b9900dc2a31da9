package io.github.tandemfetch.simulator;

/** Counts wrong passwords and locks the account after too many; only a test unlocks it. */
final class AccountLock {
    private final int attempts;
    private int wrong;
    private boolean locked;

    AccountLock(int attempts) {
        this.attempts = attempts;
    }

    synchronized void wrongPassword() {
        wrong++;
        locked = locked || wrong >= attempts;
    }

    synchronized void rightPassword() {
        wrong = 0;
    }

    synchronized boolean isLocked() {
        return locked;
    }

    synchronized void lock() {
        locked = true;
    }

    synchronized void unlock() {
        locked = false;
        wrong = 0;
    }
}
