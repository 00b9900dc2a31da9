package io.github.tandemfetch.load;

/** What to do with an existing table. */
public enum LoadMode {
    /** Fail. */
    CREATE,
    /** Append to it. */
    APPEND,
    /** Replace it. */
    REPLACE
}
