package io.github.tandemfetch.verify;

/** Hears how a proof gets on. Every method does nothing unless it is overridden. */
public interface VerifyListener {
    /** Hears nothing. */
    VerifyListener SILENT = new VerifyListener() {};

    /**
     * A check has been begun, or has got on.
     *
     * @param check its name
     * @param done how many rows are done
     * @param total how many in all; 0 where that is not counted
     */
    default void checking(String check, long done, long total) {}
}
