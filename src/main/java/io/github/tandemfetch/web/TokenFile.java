package io.github.tandemfetch.web;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A file with the token of the server in its first line. */
public final class TokenFile {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,1024}=*");
    private static final int RANDOM_BYTES = 32;
    private static final long LARGEST = 10_000;

    private final Path file;

    /** Names a file. */
    public TokenFile(Path file) {
        this.file = file;
    }

    /**
     * Makes a token that nobody can guess.
     *
     * @return 64 hexadecimal digits
     */
    public static String random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Writes a token into the file, which only its owner can read.
     *
     * @param token the token
     * @throws TandemException where the file cannot be written
     */
    public void write(String token) {
        try {
            if (Files.isSymbolicLink(file)) {
                // The token would go where it leads.
                Files.delete(file);
            }
            PrivateFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw failure(
                    "The token file " + file + " cannot be written.", "Choose another folder with --jobs-dir.", e);
        }
    }

    /**
     * Reads the token.
     *
     * @return the token
     * @throws TandemException where the file cannot be read or holds no token
     */
    public String read() {
        try {
            if (Files.size(file) > LARGEST) {
                throw malformed();
            }
            String token = Files.readString(file, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            if (!TOKEN.matcher(token).matches()) {
                throw malformed();
            }
            return token;
        } catch (IOException e) {
            throw failure("The token file " + file + " cannot be read.", "Check --token-file and its permissions.", e);
        }
    }

    /**
     * Whether others can read the token.
     *
     * @return false too where that cannot be told
     */
    public boolean isOpenToOthers() {
        try {
            return PrivateFile.isOpenToOthers(file);
        } catch (IOException e) {
            return false;
        }
    }

    private TandemException malformed() {
        return failure(
                "The token file " + file + " holds no token of at least 16 letters and digits.",
                "Make one: openssl rand -hex 32 > " + file,
                null);
    }

    private static TandemException failure(String message, String remedy, Throwable cause) {
        return new TandemException("TOKEN_FILE_INVALID", message, remedy, ExitStatus.INVALID_USAGE, cause);
    }
}
