package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The door to Tandem Source. */
@Singleton
public class TandemSourceConnector {
    private final RetryPolicy retryPolicy;
    private final SourceTimeouts timeouts;
    private final NetworkAccess access;
    private final Clock clock;
    private final Map<AccountLogin.Attempted, Refusal> refusedHere = new ConcurrentHashMap<>();
    private final Map<AccountLogin.Attempted, Session> sessionsHere = new ConcurrentHashMap<>();

    /**
     * Creates a connector.
     *
     * @param retryPolicy how failed calls are repeated
     * @param timeouts how long calls may take
     * @param environment tells of proxies and certificates
     */
    @Inject
    public TandemSourceConnector(RetryPolicy retryPolicy, SourceTimeouts timeouts, Environment environment) {
        this(retryPolicy, timeouts, NetworkAccess.of(environment), Clock.systemUTC());
    }

    TandemSourceConnector(RetryPolicy retryPolicy, SourceTimeouts timeouts, NetworkAccess access, Clock clock) {
        this.access = access;
        this.retryPolicy = retryPolicy;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * A client for one account. Nothing is requested yet: it logs in with its first call, if no token is kept.
     *
     * @param credentials the account
     * @param endpoints where the service is
     * @param cacheDirectory the folder for the token, which need not exist
     * @param listener is told what goes on
     * @return a client to be closed
     */
    public TandemSourceClient connect(
            Credentials credentials, Endpoints endpoints, Path cacheDirectory, SourceListener listener) {
        return new AccountClient(
                accountLogin(credentials, endpoints, cacheDirectory, listener),
                new DataCalls(endpoints, timeouts, access),
                new Retrier(retryPolicy, listener),
                listener,
                clock);
    }

    /**
     * Proves credentials, for {@code tandem login}: always logs in, also with credentials that were refused before, and
     * keeps the new token.
     *
     * @param credentials the account
     * @param endpoints where the service is
     * @param cacheDirectory the folder for the token, which need not exist
     * @param listener is told what goes on
     * @return the new session
     * @throws LoginRefusedException where the credentials are wrong
     * @throws SourceException for every other failure
     */
    public Session login(Credentials credentials, Endpoints endpoints, Path cacheDirectory, SourceListener listener) {
        return accountLogin(credentials, endpoints, cacheDirectory, listener).anyway();
    }

    /**
     * Forgets the token, and that credentials were refused.
     *
     * @param cacheDirectory the folder for the token, which need not exist
     * @throws ConfigurationException where the file system refuses
     */
    public void logout(Path cacheDirectory) {
        sessionsHere.clear();
        try {
            new TokenCache(cacheDirectory, clock).clear();
            new RefusedLogins(cacheDirectory).clear();
        } catch (IOException e) {
            throw new ConfigurationException(
                    ConfigurationException.TOKEN_NOT_REMOVED,
                    "The cached token in " + cacheDirectory + " cannot be removed.",
                    "Remove that folder yourself; whoever can read it can read your data until the token expires.",
                    e);
        }
    }

    private AccountLogin accountLogin(
            Credentials credentials, Endpoints endpoints, Path cacheDirectory, SourceListener listener) {
        Retrier retrier = new Retrier(retryPolicy, listener);
        return new AccountLogin(
                credentials,
                endpoints,
                new TokenCache(cacheDirectory, clock),
                new RefusedLogins(cacheDirectory),
                refusedHere,
                sessionsHere,
                () -> new TandemLogin(credentials, endpoints, timeouts, access, retrier, listener, clock).run(),
                listener,
                clock);
    }
}
