package io.github.tandemfetch.load;

/** What becomes of a table that is there already. */
public enum LoadMode {
    /** It must not be there. */
    CREATE,
    /** Rows are added to it. */
    APPEND,
    /** New rows take the place of all of it. */
    REPLACE
}
