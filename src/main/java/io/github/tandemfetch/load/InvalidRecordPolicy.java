package io.github.tandemfetch.load;

/** What to do with an invalid record. */
public enum InvalidRecordPolicy {
    /** Stop the load; nothing is stored. */
    FAIL,
    /** Skip the record and report it. */
    SKIP
}
