package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.InterruptedRunException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;

/**
 * Makes the next pieces of work on a thread of its own while the last ones are stored: a download waits for the network,
 * a commit for the disk. It makes no more than a few ahead, and none after one has failed.
 *
 * @param <T> a piece of work
 */
public final class ReadAhead<T> implements AutoCloseable {
    private final BlockingQueue<Made<T>> made;
    private final Thread maker;
    private boolean ended;

    /**
     * Something that was made, or how making it failed; neither at the end.
     *
     * @param piece the piece of work
     * @param failure the failure
     * @param <T> a piece of work
     */
    private record Made<T>(T piece, Throwable failure) {}

    /**
     * Begins to make.
     *
     * @param name what is made, as the thread's name
     * @param ahead how many pieces may wait; with 0 the next is begun when the last has been taken
     * @param source gives the next piece, and nothing at the end; called by one thread only
     */
    public ReadAhead(String name, int ahead, Supplier<Optional<T>> source) {
        made = ahead == 0 ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(ahead);
        maker = new Thread(() -> make(source), name);
        maker.setDaemon(true);
        maker.start();
    }

    /**
     * The next piece, as soon as it is made.
     *
     * @return empty at the end
     * @throws RuntimeException what making it failed with
     */
    public Optional<T> next() {
        if (ended) {
            return Optional.empty();
        }
        Made<T> next = take();
        if (next.failure() != null) {
            ended = true;
            throwUnchecked(next.failure());
        }
        ended = next.piece() == null;
        return Optional.ofNullable(next.piece());
    }

    /**
     * The next piece if it is made already. A failure and the end are left for {@link #next}.
     *
     * @return empty where there is none to be had at once
     */
    public Optional<T> poll() {
        Made<T> head = made.peek();
        return head == null || head.piece() == null ? Optional.empty() : next();
    }

    /** Ends the making and waits until nothing is touched any more. */
    @Override
    public void close() {
        maker.interrupt();
        boolean interrupted = false;
        while (maker.isAlive()) {
            made.clear();
            try {
                maker.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(Supplier<Optional<T>> source) {
        try {
            Optional<T> piece;
            do {
                piece = source.get();
                made.put(new Made<>(piece.orElse(null), null));
            } while (piece.isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            offer(new Made<>(null, e));
        }
    }

    private void offer(Made<T> failure) {
        try {
            made.put(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Made<T> take() {
        try {
            return made.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException(e);
        }
    }

    private static void throwUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
