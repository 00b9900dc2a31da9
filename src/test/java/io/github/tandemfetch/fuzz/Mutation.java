package io.github.tandemfetch.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils a text in a few places: what lies, what is too long, too deep or too large, and what is no text at all. */
public final class Mutation {
    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999999999",
            "-1e-999999999",
            "NaN",
            "9223372036854775808",
            "-9223372036854775809",
            "1".repeat(5_000),
            "0." + "3".repeat(5_000),
            "[",
            "{",
            "]",
            "}",
            "\"",
            "'",
            ",",
            ":",
            "=",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\u",
            "\n",
            "\r",
            "\t",
            "\0",
            "\uFEFF",
            "\u2028",
            "😀",
            "[".repeat(3_000),
            "{\"a\":".repeat(3_000),
            "[]".repeat(2_000),
            "a.".repeat(3_000),
            "x".repeat(70_000),
            "<html>",
            "%zz",
            "../../..",
            "2026-02-30T25:61:61",
            "+999999999-12-31T23:59:59",
            "-999999999-01-01T00:00:00Z");
    private static final byte[][] NO_TEXT = {
        {(byte) 0xC3},
        {(byte) 0xFF, (byte) 0xFE},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF8, (byte) 0x88},
        {0}
    };

    private final Random random;

    /**
     * Begins with a seed.
     *
     * @param seed tells all that follows
     */
    public Mutation(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Spoils a text.
     *
     * @param sound the text
     * @return other bytes, up to a few times as many
     */
    public byte[] of(String sound) {
        byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1 + random.nextInt(40)));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> joined(bytes, from, new byte[0], to);
            case 2 -> joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            case 3 -> joined(bytes, from, new byte[] {(byte) random.nextInt(256)}, to);
            case 4 -> joined(bytes, from, NO_TEXT[random.nextInt(NO_TEXT.length)], to);
            default ->
                joined(
                        bytes,
                        from,
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8),
                        random.nextBoolean() ? from : to);
        };
    }

    private static byte[] joined(byte[] bytes, int from, byte[] middle, int to) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, from);
        joined.writeBytes(middle);
        joined.write(bytes, to, bytes.length - to);
        return joined.toByteArray();
    }
}
