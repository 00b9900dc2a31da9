package io.github.tandemfetch.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Pkce[]";
    }
}
