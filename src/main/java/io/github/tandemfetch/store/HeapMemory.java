package io.github.tandemfetch.store;

/**
 * Returns unused heap to the system. On a large machine the JVM keeps several times the memory in use, while the engine
 * needs memory outside of the heap.
 */
public final class HeapMemory {
    // A JVM that collects too often grows its heap to collect less.
    private static final long RECORDS_BETWEEN = 10_000;

    private final long mostRoom;
    private long records;
    private boolean many;

    /** @param mostMegabytes the heap size from which garbage is collected early */
    public HeapMemory(int mostMegabytes) {
        this.mostRoom = (long) mostMegabytes << 20;
    }

    /** Counts records that were processed, and collects garbage where the heap has become large. */
    public void noteRead(long read) {
        records += read;
        if (records >= RECORDS_BETWEEN) {
            records = 0;
            many = true;
            if (Runtime.getRuntime().totalMemory() > mostRoom) {
                collectGarbage();
            }
        }
    }

    /** Collects garbage after the last record, unless there were few. */
    public void noteEnd() {
        if (many) {
            collectGarbage();
        }
    }

    /** Collects garbage; takes a few hundredths of a second. */
    public static void collectGarbage() {
        System.gc();
    }
}
