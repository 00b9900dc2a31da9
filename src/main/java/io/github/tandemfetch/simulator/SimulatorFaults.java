package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Scripts faults for the next requests of a kind, or for every n-th of them. Different faults combine; of the same
 * fault, the first one scripted applies first. Only requests that would otherwise succeed are affected. Thread-safe.
 */
public final class SimulatorFaults {
    /** Until {@link #clear()}. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private static final class Plan {
        private final RequestKind kind;
        private final Fault fault;
        private final int every;
        private int left;
        private int seen;

        Plan(RequestKind kind, Fault fault, int every, int left) {
            this.kind = kind;
            this.fault = fault;
            this.every = every;
            this.left = left;
        }

        boolean matches(RequestKind other) {
            return kind == RequestKind.ANY || kind == other;
        }
    }

    private final List<Plan> plans = new ArrayList<>();
    private final AccessTokens tokens;
    private final AccountLock lock;
    private boolean passwordsRefused;

    SimulatorFaults(AccessTokens tokens, AccountLock lock) {
        this.tokens = tokens;
        this.lock = lock;
    }

    /**
     * A fault for the next requests of a kind.
     *
     * @param times {@link #ALWAYS} for all
     */
    public synchronized void next(RequestKind kind, Fault fault, int times) {
        plans.add(new Plan(Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(fault, "fault"), 1, times));
    }

    /** A fault for every k-th request of a kind, until {@link #clear()}. */
    public synchronized void every(RequestKind kind, Fault fault, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be 1 or more");
        }
        plans.add(new Plan(Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(fault, "fault"), k, ALWAYS));
    }

    /** An HTTP error for the next requests of a kind. */
    public void failNext(RequestKind kind, int status, int times) {
        next(kind, new Fault.Status(status, OptionalInt.empty()), times);
    }

    /** An HTTP error with a {@code Retry-After} header for the next requests of a kind. */
    public void failNext(RequestKind kind, int status, int times, int retryAfterSeconds) {
        next(kind, new Fault.Status(status, OptionalInt.of(retryAfterSeconds)), times);
    }

    /** An HTTP error for every k-th request of a kind. */
    public void failEvery(RequestKind kind, int status, int k) {
        every(kind, new Fault.Status(status, OptionalInt.empty()), k);
    }

    /** Closes the connection within the next responses of a kind. */
    public void dropNext(RequestKind kind, long afterBytes, int times) {
        next(kind, new Fault.DroppedConnection(afterBytes), times);
    }

    /** Truncates the next responses of a kind, with complete framing. */
    public void cutNext(RequestKind kind, long afterBytes, int times) {
        next(kind, new Fault.CutBody(afterBytes), times);
    }

    /** Delays the next responses of a kind. */
    public void delayNext(RequestKind kind, Duration by, int times) {
        next(kind, new Fault.Delay(by), times);
    }

    /** Every access token handed out so far is refused from now on, as if it had expired. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** Whether the right password is refused too, as after a change on the web site. */
    public synchronized void refusePasswords(boolean refused) {
        passwordsRefused = refused;
    }

    synchronized boolean refusesPasswords() {
        return passwordsRefused;
    }

    /** The account is locked, as after too many wrong passwords. */
    public void lockAccount() {
        lock.lock();
    }

    /** The account is open again, its count of wrong passwords back at none. */
    public void unlockAccount() {
        lock.unlock();
    }

    /** Removes every scripted fault and {@link #refusePasswords}; a locked account and expired tokens stay. */
    public synchronized void clear() {
        plans.clear();
        passwordsRefused = false;
    }

    /** The faults of one request, each kind of fault at most once. */
    synchronized FaultSet take(RequestKind kind) {
        List<Fault> taken = new ArrayList<>();
        for (Iterator<Plan> each = plans.iterator(); each.hasNext(); ) {
            Plan plan = each.next();
            if (!plan.matches(kind) || taken.stream().anyMatch(other -> other.getClass() == plan.fault.getClass())) {
                continue;
            }
            plan.seen++;
            if (plan.seen % plan.every != 0) {
                continue;
            }
            taken.add(plan.fault);
            if (plan.left != ALWAYS && --plan.left <= 0) {
                each.remove();
            }
        }
        return new FaultSet(taken);
    }
}
