package io.github.tandemfetch.source;

import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Function;

/** A {@link TandemSourceClient} that renews its login as needed: once a call where the service refuses the token. */
final class AccountClient implements TandemSourceClient {
    private final AccountLogin login;
    private final DataCalls calls;
    private final Retrier retrier;
    private final SourceListener listener;
    private final Clock clock;
    private Session session;

    AccountClient(AccountLogin login, DataCalls calls, Retrier retrier, SourceListener listener, Clock clock) {
        this.login = login;
        this.calls = calls;
        this.retrier = retrier;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Pumper pumper() {
        Pumper pumper = authorized(calls::pumper);
        pumper.unusable()
                .forEach(pump -> listener.warning(pump.problem() + " This pump is not fetched; the others are."));
        return pumper;
    }

    @Override
    public void pumpLogs(String assignmentId, LocalDate firstDay, LocalDate lastDay, PumpLogSink sink) {
        ResumingSink resuming = new ResumingSink(sink, firstDay);
        boolean whole;
        do {
            // As often as an answer breaks off, if only a later day comes each time.
            whole = fetched(assignmentId, lastDay, resuming);
        } while (!whole);
    }

    /** False where all attempts failed, and the last one has come further. */
    private boolean fetched(String assignmentId, LocalDate lastDay, ResumingSink sink) {
        try {
            return authorized(current -> {
                calls.pumpLogs(current, assignmentId, sink.begin(), lastDay, sink);
                return true;
            });
        } catch (ConnectionLostException lost) {
            if (sink.hasAdvanced()) {
                return false;
            }
            throw lost;
        }
    }

    @Override
    public Session session() {
        if (session == null || !session.isFresh(clock.instant())) {
            session = login.cachedOrNew();
        }
        return session;
    }

    @Override
    public void close() {
        calls.close();
    }

    private <T> T authorized(Function<Session, T> call) {
        // Logged in outside of the repetition: a login repeats its own steps, and must not be repeated as a whole.
        session();
        boolean[] renewed = {false};
        return retrier.call(() -> {
            try {
                return call.apply(session);
            } catch (UnauthorizedException refused) {
                if (renewed[0]) {
                    throw SourceFailures.sessionRefused();
                }
                renewed[0] = true;
            }
            session = login.renewed();
            try {
                return call.apply(session);
            } catch (UnauthorizedException refusedAgain) {
                throw SourceFailures.sessionRefused();
            }
        });
    }
}
