package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Proof key for code exchange (RFC 7636, method S256) and the random state of one authorization. */
record Pkce(String verifier, String challenge, String state) {
    private static final int VERIFIER_BYTES = 64;
    private static final int STATE_BYTES = 24;

    static Pkce random() {
        SecureRandom random = new SecureRandom();
        String verifier = text(random, VERIFIER_BYTES);
        return new Pkce(verifier, challengeOf(verifier), text(random, STATE_BYTES));
    }

    static String challengeOf(String verifier) {
        return encoded(Sha256.hash(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return encoded(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Pkce[]";
    }
}
