package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.config.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/**
 * The engine's library for this platform as contained in the program. The build computes its hash, so that no start has
 * to.
 *
 * @param name the driver's name for it, such as {@code libduckdb_java.so_linux_amd64}
 * @param size its uncompressed bytes
 * @param sha256 the hash of these bytes, hexadecimal
 */
record BundledLibrary(String name, long size, String sha256) {
    private static final String LIST = "engine-libraries.txt";
    private static final String COMPRESSED = ".xz";

    /** The library for this platform; empty for an unsupported one. */
    static Optional<BundledLibrary> ofThisPlatform() {
        String wanted = "libduckdb_java.so_" + operatingSystem() + "_" + processor();
        try (InputStream in = BundledLibrary.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("The list of libraries is not packaged: " + LIST);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .filter(parts -> parts[2].equals(wanted))
                    .map(parts -> new BundledLibrary(parts[2], Long.parseLong(parts[1]), parts[0]))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Extracts and verifies the library, mode 0600.
     *
     * @param file a new file in an existing folder
     * @throws DamagedLibraryException where the program does not contain the library of its build
     */
    void writeTo(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        long written = 0;
        try (InputStream in = new DigestInputStream(open(), digest);
                SeekableByteChannel channel = PrivateFile.createFile(file);
                OutputStream out = Channels.newOutputStream(channel)) {
            written = in.transferTo(out);
        } catch (XZIOException e) {
            throw new DamagedLibraryException("it cannot be extracted");
        }
        if (written != size || !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new DamagedLibraryException("it is not the one that the program was built with");
        }
    }

    /** Whether a file has the bytes of this library; reads all of it. */
    boolean equalsFile(Path file) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    // A jar is compressed itself; an executable is not, and carries the library in its compressed form.
    private InputStream open() throws IOException {
        InputStream compressed = BundledLibrary.class.getResourceAsStream("/" + name + COMPRESSED);
        if (compressed != null) {
            return new XZInputStream(compressed);
        }
        InputStream plain = BundledLibrary.class.getResourceAsStream("/" + name);
        if (plain == null) {
            throw new DamagedLibraryException("it is missing");
        }
        return plain;
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "windows";
        }
        return name.startsWith("mac") ? "macos" : name;
    }

    private static String processor() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }
}
