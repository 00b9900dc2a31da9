package io.github.tandemfetch.pump;

import java.util.Map;
import java.util.Optional;

/**
 * One property of a kind of event.
 *
 * @param name the property's name in the service's JSON
 * @param type how the binary record stores it
 * @param offset the first byte in the binary record's 16-byte payload
 * @param unit what the value, times {@code scale}, is measured in; empty for a plain number
 * @param scale what a stored number is multiplied with to be in {@code unit}; 1 where the number is meant as it is
 * @param labels what a value means, by value; empty where a value is just a number
 * @param bits what a set bit means, by bit number; empty where the property is no bitmask
 */
public record PropertyDefinition(
        String name,
        BinaryType type,
        int offset,
        Optional<String> unit,
        double scale,
        Map<Long, String> labels,
        Map<Long, String> bits) {

    /** The number formats of the binary record, all big-endian. */
    enum BinaryType {
        /** Unsigned, one byte. */
        U8,
        /** Unsigned, two bytes. */
        U16,
        /** Unsigned, four bytes. */
        U32,
        /** Signed, one byte. */
        I8,
        /** Signed, two bytes. */
        I16,
        /** Signed, four bytes. */
        I32,
        /** IEEE 754 single precision. */
        F32
    }

    /**
     * Whether the catalogue can put a value or a bit of this property into words.
     *
     * @return true where there are labels or bit names
     */
    boolean isLabelled() {
        return !labels.isEmpty() || !bits.isEmpty();
    }
}
