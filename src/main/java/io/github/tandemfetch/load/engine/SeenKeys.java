package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.config.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Remembers which keys there are, by 128 bits of a cryptographic digest of each: some 30 bytes a key, whatever its
 * length. Asking the engine for each batch instead takes five times as long as storing the rows.
 *
 * <p>They lie outside of the heap, since a virtual machine keeps several times what is in use there.
 */
final class SeenKeys {
    private static final int PARTS = 64;

    private final MessageDigest digest = Sha256.digest();
    private final Part[] parts = new Part[PARTS];

    SeenKeys() {
        forget();
    }

    /** Whether the key is new; from then on it is not. */
    boolean add(String key) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        // Zero marks a slot that is free.
        long low = hash.getLong() | 1;
        return parts[(int) (high >>> 58)].add(high, low);
    }

    /** Forgets all keys; their memory is given back with the next collection. */
    void forget() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /** The keys whose digests begin alike. Each part grows by itself, so that there are never two copies of all keys. */
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
