package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.failure.FileProblem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a login is made: not where a token is kept, and not with credentials that were refused. */
final class AccountLogin {
    private final Credentials credentials;
    private final Endpoints endpoints;
    private final TokenCache tokens;
    private final RefusedLogins refused;
    private final Map<Attempted, Refusal> refusedHere;
    private final Map<Attempted, Session> sessionsHere;
    private final Supplier<Session> login;
    private final SourceListener listener;
    private final Clock clock;

    /** Credentials that this process has sent. */
    record Attempted(Credentials credentials, String accountsUrl) {}

    AccountLogin(
            Credentials credentials,
            Endpoints endpoints,
            TokenCache tokens,
            RefusedLogins refused,
            Map<Attempted, Refusal> refusedHere,
            Map<Attempted, Session> sessionsHere,
            Supplier<Session> login,
            SourceListener listener,
            Clock clock) {
        this.credentials = credentials;
        this.endpoints = endpoints;
        this.tokens = tokens;
        this.refused = refused;
        this.refusedHere = refusedHere;
        this.sessionsHere = sessionsHere;
        this.login = login;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * The token of this process, the kept one, or a new login. The first goes before the second, which may be older than
     * it where the cache can no longer be written.
     */
    Session cachedOrNew() {
        Optional<Session> kept = Optional.ofNullable(sessionsHere.get(here()))
                .filter(session -> session.isFresh(clock.instant()))
                .or(() -> tokens.find(credentials, endpoints));
        kept.ifPresent(session -> listener.tokenReused(session.expiresAt()));
        return kept.orElseGet(this::once);
    }

    /** A new login for a token that the service no longer takes. */
    Session renewed() {
        return once();
    }

    /** A new login, even with credentials that were refused before: the person asks for it. */
    Session anyway() {
        Session session = login();
        refusedHere.remove(here());
        writing(() -> refused.remove(credentials, endpoints));
        return session;
    }

    private Session once() {
        Instant now = clock.instant();
        Optional<Refusal> before = Optional.ofNullable(refusedHere.get(here()))
                .filter(refusal -> refusal.holds(now))
                .or(() -> refused.find(credentials, endpoints, now));
        if (before.filter(Refusal::locked).isPresent()) {
            throw new AccountLockedException();
        }
        if (before.isPresent()) {
            throw new LoginRefusedBeforeException(credentials.region().name());
        }
        // A password that this process has logged in with is not likely to be refused, and once more is no danger.
        if (!sessionsHere.containsKey(here())) {
            refused.requireWritable();
        }
        return login();
    }

    private Session login() {
        listener.loggingIn(credentials.region());
        try {
            Session session = login.get();
            sessionsHere.put(here(), session);
            writing(() -> tokens.keep(credentials, endpoints, session));
            return session;
        } catch (CredentialsNotTakenException refusal) {
            refusedHere.put(here(), Refusal.FOR_GOOD);
            writing(() -> refused.add(credentials, endpoints, Refusal.FOR_GOOD));
            throw refusal;
        } catch (LoginRefusedException refusal) {
            refusedHere.put(here(), Refusal.FOR_GOOD);
            throw refusal;
        } catch (AccountLockedException locked) {
            Refusal lock = Refusal.lock(clock.instant());
            refusedHere.put(here(), lock);
            writing(() -> refused.add(credentials, endpoints, lock));
            throw locked;
        }
    }

    private Attempted here() {
        return new Attempted(credentials, endpoints.accountsUrl());
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing writing) {
        try {
            writing.run();
        } catch (IOException | UnsupportedOperationException unwritable) {
            listener.warning("The cache folder cannot be written (" + FileProblem.reason(unwritable)
                    + "); the next run has to log in again.");
        }
    }
}
