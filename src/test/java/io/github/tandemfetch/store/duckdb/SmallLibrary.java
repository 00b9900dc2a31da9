package io.github.tandemfetch.store.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Something small on the class path in the place of 70 MB, for tests that only unpack it. */
final class SmallLibrary {
    private static final String NAME = "io/github/tandemfetch/store/duckdb/engine-libraries.txt";

    private SmallLibrary() {}

    static BundledLibrary packed() throws IOException {
        byte[] content = content();
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return new BundledLibrary(NAME, content.length, hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] content() throws IOException {
        try (InputStream in = SmallLibrary.class.getResourceAsStream("/" + NAME)) {
            return in.readAllBytes();
        }
    }
}
