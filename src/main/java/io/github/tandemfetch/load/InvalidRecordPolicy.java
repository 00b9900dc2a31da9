package io.github.tandemfetch.load;

/** What becomes of a load when a record of it is invalid. */
public enum InvalidRecordPolicy {
    /** Nothing is stored. */
    FAIL,
    /** The record is left out, and the load reports it. */
    SKIP
}
