package io.github.tandemfetch.export;

/** The share of the engine's memory that one export has. */
interface EngineShare {
    /** The megabytes in which any number of rows is sorted, by way of the disk. */
    long SPARING = 256;

    /** How many megabytes this export may take. */
    long megabytesToSpare();

    /**
     * Takes more, or fewer.
     *
     * @param megabytes how many this export has from now on
     */
    void take(long megabytes);
}
