package io.github.tandemfetch.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of ASCII JSON text. At the rate at which histories are rendered, strings and a JSON library would take
 * longer than the generation itself.
 */
final class JsonText {
    private byte[] bytes;
    private int length;

    JsonText(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    JsonText raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonText raw(String ascii) {
        int count = ascii.length();
        room(count);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            target[at++] = (byte) ascii.charAt(i);
        }
        length = at;
        return this;
    }

    JsonText raw(byte[] ascii) {
        return raw(ascii, 0, ascii.length);
    }

    JsonText raw(JsonText other, int from, int to) {
        return raw(other.bytes, from, to - from);
    }

    private JsonText raw(byte[] ascii, int from, int count) {
        room(count);
        System.arraycopy(ascii, from, bytes, length, count);
        length += count;
        return this;
    }

    JsonText number(long value) {
        if (value != (int) value || value == Integer.MIN_VALUE) {
            return raw(Long.toString(value));
        }
        int rest = (int) value;
        if (rest < 0) {
            raw('-');
            rest = -rest;
        }
        return padded(rest, digits(rest));
    }

    private static int digits(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Exactly {@code digits} digits, with leading zeros. */
    JsonText padded(int value, int digits) {
        room(digits);
        int rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** A number of thousandths without trailing zeros: 3530 becomes 3.53, 2000 becomes 2. */
    JsonText thousandths(long value) {
        long whole = value / 1000;
        int fraction = (int) Math.abs(value % 1000);
        if (whole == 0 && value < 0) {
            raw('-');
        }
        number(whole);
        if (fraction == 0) {
            return this;
        }
        raw('.');
        if (fraction % 100 == 0) {
            return padded(fraction / 100, 1);
        }
        return fraction % 10 == 0 ? padded(fraction / 10, 2) : padded(fraction, 3);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    String text(int from) {
        return new String(bytes, from, length - from, StandardCharsets.US_ASCII);
    }

    byte[] copy(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
