package io.github.tandemfetch.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, without the checked exception that no Java throws. */
public final class Sha256 {
    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    public static byte[] hash(byte[] bytes) {
        return digest().digest(bytes);
    }
}
