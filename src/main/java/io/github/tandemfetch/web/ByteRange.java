package io.github.tandemfetch.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that is asked for, as RFC 9110 has it. Of several parts at once, all is sent instead, which it allows.
 *
 * @param offset the first byte, from 0
 * @param length how many bytes; 0 only where the range lies beyond the end
 */
record ByteRange(long offset, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");
    private static final ByteRange BEYOND = new ByteRange(0, 0);

    /**
     * Reads a header.
     *
     * @param header the header Range, or null
     * @param size the size of the file
     * @return empty where all is to be sent: without a header, and with one that asks for anything else than one range
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = header == null ? null : ONE.matcher(header);
        if (matcher == null || !matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(last), size));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        return Optional.of(from >= size ? BEYOND : new ByteRange(from, to - from + 1));
    }

    /** Whether there is nothing of the range in the file. */
    boolean isBeyond() {
        return length == 0;
    }

    /** The header that tells what is sent. */
    String contentRange(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }

    private static ByteRange suffix(long wanted, long size) {
        long length = Math.min(wanted, size);
        return length == 0 ? BEYOND : new ByteRange(size - length, length);
    }
}
