package io.github.tandemfetch.load;

/** Receives the progress of a load. */
@FunctionalInterface
public interface LoadListener {
    LoadListener NONE = (rows, read, size) -> {};

    /**
     * Called after each batch.
     *
     * @param rows rows inserted so far
     * @param read bytes of the file read so far, compressed ones for gzip
     * @param size bytes of the file; 0 where unknown, as for standard input
     */
    void progressed(long rows, long read, long size);
}
