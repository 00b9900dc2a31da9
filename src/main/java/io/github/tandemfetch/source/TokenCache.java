package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.config.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps the token between runs, so that a login is made only when one is due: {@code token.json}, mode 0600. It belongs
 * to one account at one service, named by a hash. Whatever is wrong with the file, it then simply holds no token.
 */
public final class TokenCache {
    private static final String FILE_NAME = "token.json";
    private static final int LARGEST_FILE = 64 * 1024;

    private final Path file;
    private final Clock clock;

    /**
     * Names the cache.
     *
     * @param cacheDirectory its folder, which need not exist
     */
    public TokenCache(Path cacheDirectory) {
        this(cacheDirectory, Clock.systemUTC());
    }

    TokenCache(Path cacheDirectory, Clock clock) {
        this.file = cacheDirectory.resolve(FILE_NAME);
        this.clock = clock;
    }

    /** The token for this account, if one is kept that is good for another five minutes. */
    Optional<Session> find(Credentials credentials, Endpoints endpoints) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            JsonNode kept = JsonTree.read(Files.readAllBytes(file));
            if (!key(credentials, endpoints).equals(kept.path("account").textValue())) {
                return Optional.empty();
            }
            return session(kept).filter(session -> session.isFresh(clock.instant()));
        } catch (IOException | DateTimeException unusable) {
            return Optional.empty();
        }
    }

    /** Keeps the token. */
    void keep(Credentials credentials, Endpoints endpoints, Session session) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(kept)) {
            json.writeStartObject();
            json.writeStringField("account", key(credentials, endpoints));
            json.writeStringField("accessToken", session.accessToken().reveal());
            json.writeStringField("pumperId", session.pumperId());
            json.writeStringField("accountId", session.accountId());
            json.writeNumberField("expiresAt", session.expiresAt().getEpochSecond());
            json.writeEndObject();
        }
        PrivateFile.write(file, kept.toByteArray());
    }

    /**
     * Forgets the token, whoever it belongs to.
     *
     * @return false where none was kept
     * @throws IOException where the file system refuses
     */
    public boolean clear() throws IOException {
        return Files.deleteIfExists(file);
    }

    private static Optional<Session> session(JsonNode kept) {
        String token = kept.path("accessToken").textValue();
        String pumperId = kept.path("pumperId").textValue();
        String accountId = kept.path("accountId").textValue();
        JsonNode expiresAt = kept.path("expiresAt");
        if (token == null
                || !Tokens.isToken(token)
                || pumperId == null
                || accountId == null
                || !expiresAt.canConvertToLong()) {
            return Optional.empty();
        }
        return Optional.of(
                new Session(new Secret(token), pumperId, accountId, Instant.ofEpochSecond(expiresAt.longValue())));
    }

    private static String key(Credentials credentials, Endpoints endpoints) {
        String account = endpoints.accountsUrl() + '\n' + endpoints.clientId() + '\n' + credentials.email();
        return HexFormat.of().formatHex(Sha256.hash(account.getBytes(StandardCharsets.UTF_8)));
    }
}
