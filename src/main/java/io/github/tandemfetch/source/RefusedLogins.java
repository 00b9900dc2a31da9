package io.github.tandemfetch.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.FileProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Remembers which credentials the service refused, so that a cron line with a wrong password does not lock the account,
 * and does not keep a locked one locked: {@code refused-logins.json}, mode 0600. It holds salted PBKDF2 hashes only. An unreadable file counts as none.
 */
public final class RefusedLogins {
    private static final String FILE_NAME = "refused-logins.json";
    private static final int LARGEST_FILE = 64 * 1024;
    private static final String FOR_GOOD = "hashes";
    private static final String LOCKED = "locked";
    private static final int SIZE_OF_PROBE = 2 * 1024;
    private static final int MOST_KEPT = 16;
    private static final int ITERATIONS = 310_000;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private final Path file;

    /**
     * Names the file.
     *
     * @param cacheDirectory its folder, which need not exist
     */
    public RefusedLogins(Path cacheDirectory) {
        this.file = cacheDirectory.resolve(FILE_NAME);
    }

    /**
     * To be called before a password is sent: makes sure that a refusal could be remembered.
     *
     * @throws ConfigurationException where it could not
     */
    void requireWritable() {
        Path folder = file.getParent();
        Path probe = folder.resolve("." + FILE_NAME + "." + UUID.randomUUID());
        try {
            if (Files.isDirectory(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            PrivateFile.write(probe, new byte[SIZE_OF_PROBE]);
            Files.delete(probe);
        } catch (IOException | UnsupportedOperationException unwritable) {
            throw new ConfigurationException(
                    ConfigurationException.CACHE_FOLDER_UNUSABLE,
                    "The password was not sent: a refusal could not be remembered, as the cache folder " + folder
                            + " cannot be written (" + FileProblem.reason(unwritable)
                            + "), and repeated failed logins lock an account.",
                    "Set XDG_CACHE_HOME to a folder that you can write, then run the command again.",
                    unwritable);
        }
    }

    /** Whether these very credentials were refused at this service, and for how long they are not to be sent. */
    Optional<Refusal> find(Credentials credentials, Endpoints endpoints, Instant now) {
        Kept kept = read();
        return kept == null
                ? Optional.empty()
                : Optional.ofNullable(kept.refusals().get(kept.hash(credentials, endpoints)))
                        .filter(refusal -> refusal.holds(now));
    }

    /** Remembers credentials; the oldest of many are forgotten. */
    void add(Credentials credentials, Endpoints endpoints, Refusal refusal) throws IOException {
        Kept before = read();
        Kept kept = before == null ? Kept.fresh() : before;
        Map<String, Refusal> refusals = new LinkedHashMap<>(kept.refusals());
        String hash = kept.hash(credentials, endpoints);
        refusals.remove(hash);
        refusals.put(hash, refusal);
        List<String> oldestFirst = List.copyOf(refusals.keySet());
        oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST_KEPT)).forEach(refusals::remove);
        write(kept, refusals);
    }

    /** Forgets credentials, which the service has now taken. */
    void remove(Credentials credentials, Endpoints endpoints) throws IOException {
        Kept kept = read();
        if (kept == null) {
            return;
        }
        Map<String, Refusal> refusals = new LinkedHashMap<>(kept.refusals());
        if (refusals.remove(kept.hash(credentials, endpoints)) != null) {
            write(kept, refusals);
        }
    }

    /**
     * Forgets all of them.
     *
     * @return false where there were none
     * @throws IOException where the file system refuses
     */
    public boolean clear() throws IOException {
        return Files.deleteIfExists(file);
    }

    private Kept read() {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return null;
            }
            JsonNode root = JsonTree.read(Files.readAllBytes(file));
            byte[] salt = Base64.getDecoder().decode(root.path("salt").asText());
            int iterations = root.path("iterations").asInt();
            if (salt.length < SALT_BYTES || iterations < 1 || iterations > MOST_ITERATIONS) {
                return null;
            }
            Map<String, Refusal> refusals = new LinkedHashMap<>();
            root.path(FOR_GOOD).forEach(hash -> refusals.put(hash.asText(), Refusal.FOR_GOOD));
            root.path(LOCKED)
                    .forEach(each -> refusals.put(
                            each.path("hash").asText(),
                            new Refusal(Instant.ofEpochSecond(each.path("until").asLong()), true)));
            return refusals.isEmpty() ? null : new Kept(salt, iterations, refusals);
        } catch (IOException | IllegalArgumentException | DateTimeException unusable) {
            return null;
        }
    }

    private void write(Kept kept, Map<String, Refusal> refusals) throws IOException {
        if (refusals.isEmpty()) {
            clear();
            return;
        }
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        root.put("salt", Base64.getEncoder().encodeToString(kept.salt()));
        root.put("iterations", kept.iterations());
        ArrayNode forGood = root.putArray(FOR_GOOD);
        ArrayNode locked = root.putArray(LOCKED);
        refusals.forEach((hash, refusal) -> {
            if (refusal.equals(Refusal.FOR_GOOD)) {
                forGood.add(hash);
            } else {
                locked.addObject()
                        .put("hash", hash)
                        .put("until", refusal.until().getEpochSecond());
            }
        });
        PrivateFile.write(file, json.writeValueAsBytes(root));
    }

    private record Kept(byte[] salt, int iterations, Map<String, Refusal> refusals) {
        static Kept fresh() {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return new Kept(salt, ITERATIONS, Map.of());
        }

        String hash(Credentials credentials, Endpoints endpoints) {
            String text = endpoints.accountsUrl()
                    + '\n'
                    + credentials.email()
                    + '\n'
                    + credentials.password().reveal();
            PBEKeySpec spec = new PBEKeySpec(text.toCharArray(), salt, iterations, HASH_BITS);
            try {
                byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
                return Base64.getEncoder().encodeToString(hash);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            } finally {
                spec.clearPassword();
            }
        }
    }
}
