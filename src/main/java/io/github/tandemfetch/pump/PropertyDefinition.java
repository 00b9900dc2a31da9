package io.github.tandemfetch.pump;

import java.util.Map;
import java.util.Optional;

/**
 * A property of a kind of event.
 *
 * @param name the name in the service's JSON
 * @param type its type in the binary record
 * @param offset the first byte in the binary record's 16-byte payload
 * @param unit the unit of the value times {@code scale}; empty for a plain number
 * @param scale the factor from the stored number to {@code unit}; 1 for none
 * @param labels the meaning of each value; empty where a value is just a number
 * @param bits the meaning of each set bit; empty where the property is not a bitmask
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

    /** Whether there are labels or bit names. */
    boolean isLabeled() {
        return !labels.isEmpty() || !bits.isEmpty();
    }
}
