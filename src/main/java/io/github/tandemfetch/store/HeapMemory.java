package io.github.tandemfetch.store;

/**
 * Gives back the heap that garbage took. A virtual machine with room to grow keeps it, on a large machine several times
 * what is in use, while the engine needs memory that is none of the heap's.
 */
public final class HeapMemory {
    // A virtual machine that collects too often takes still more room, to have to do it less.
    private static final long RECORDS_BETWEEN = 10_000;

    private final long mostRoom;
    private long records;
    private boolean many;

    /**
     * Watches over the heap.
     *
     * @param mostMegabytes how large it may become before its garbage is given back; not with every few records
     */
    public HeapMemory(int mostMegabytes) {
        this.mostRoom = (long) mostMegabytes << 20;
    }

    /**
     * Notes records that were read and are not needed any more, and gives memory back where they have become many and
     * their garbage takes room.
     *
     * @param read how many
     */
    public void noteRead(long read) {
        records += read;
        if (records >= RECORDS_BETWEEN) {
            records = 0;
            many = true;
            if (Runtime.getRuntime().totalMemory() > mostRoom) {
                giveBack();
            }
        }
    }

    /** Notes that all records were read; gives memory back where they were many. */
    public void noteEnd() {
        if (many) {
            giveBack();
        }
    }

    /** Gives back what is not in use; takes some hundredths of a second. */
    public static void giveBack() {
        System.gc();
    }
}
