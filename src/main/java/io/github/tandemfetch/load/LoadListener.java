package io.github.tandemfetch.load;

/** Is told how a load gets on. */
@FunctionalInterface
public interface LoadListener {
    /** Takes no notice. */
    LoadListener NONE = (rows, read, size) -> {};

    /**
     * Takes notice of a batch that was inserted.
     *
     * @param rows how many rows were inserted so far
     * @param read how many bytes of the file were read so far, packed ones where it is gzip
     * @param size how many bytes the file has; 0 where that is not known, as with standard input
     */
    void progressed(long rows, long read, long size);
}
