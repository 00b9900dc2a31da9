package io.github.tandemfetch.pipeline;

import java.util.function.Supplier;

/**
 * Has the database written to while nobody else in this process has it open: the engine opens a file twice in one process
 * only where both read it.
 */
@FunctionalInterface
public interface WritingTurn {
    /** For a process in which nobody else opens the database. */
    WritingTurn AT_ONCE = Supplier::get;

    /**
     * Waits for the turn, and works.
     *
     * @param work opens the database, and closes it
     * @param <T> what it gives
     * @return what the work gives
     * @throws io.github.tandemfetch.failure.TandemException what the work throws; where the thread is interrupted while it
     *     waits, one that says so
     */
    <T> T write(Supplier<T> work);
}
