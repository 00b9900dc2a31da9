package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.config.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A set of keys, each stored as 128 bits of its SHA-256: some 30 bytes a key, whatever its length. Querying the engine
 * for each batch instead takes five times as long as storing the rows.
 *
 * <p>The memory is off-heap, since a JVM reserves several times the heap in use.
 */
final class SeenKeys {
    private static final int PARTS = 64;

    private final MessageDigest digest = Sha256.digest();
    private final Part[] parts = new Part[PARTS];

    SeenKeys() {
        clear();
    }

    /** Adds a key; false for a duplicate. */
    boolean add(String key) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        // Zero marks a slot that is free.
        long low = hash.getLong() | 1;
        return parts[(int) (high >>> 58)].add(high, low);
    }

    /** Removes all keys; the next garbage collection frees their memory. */
    void clear() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /**
     * The keys whose hashes share a prefix. Each part grows separately, so that there are never two copies of all keys.
     */
    private static final class Part {
        private static final int FIRST_CAPACITY = 64;
        private static final int SLOT_BYTES = 2 * Long.BYTES;

        private LongBuffer slots = slots(FIRST_CAPACITY);
        private int capacity = FIRST_CAPACITY;
        private int size;

        boolean add(long high, long low) {
            if (size > capacity / 3 * 2) {
                grow();
            }
            return put(high, low);
        }

        private static LongBuffer slots(int capacity) {
            return ByteBuffer.allocateDirect(capacity * SLOT_BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }

        private boolean put(long high, long low) {
            int slot = (int) high & capacity - 1;
            while (slots.get(2 * slot + 1) != 0) {
                if (slots.get(2 * slot) == high && slots.get(2 * slot + 1) == low) {
                    return false;
                }
                slot = slot + 1 & capacity - 1;
            }
            slots.put(2 * slot, high);
            slots.put(2 * slot + 1, low);
            size++;
            return true;
        }

        private void grow() {
            LongBuffer old = slots;
            int oldCapacity = capacity;
            capacity *= 2;
            slots = slots(capacity);
            size = 0;
            for (int i = 0; i < oldCapacity; i++) {
                if (old.get(2 * i + 1) != 0) {
                    put(old.get(2 * i), old.get(2 * i + 1));
                }
            }
        }
    }
}
