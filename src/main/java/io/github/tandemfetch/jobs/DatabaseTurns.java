package io.github.tandemfetch.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who may have the database open in this process: many that read, or one that writes. The engine refuses to open a file
 * twice in different ways. Nobody is passed over.
 */
@ApplicationScoped
public class DatabaseTurns {
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    /**
     * Reads while nobody in this process writes.
     *
     * @param patience how long to wait for the turn
     * @param work the reading
     * @param <T> what it gives
     * @return what the work gives
     * @throws JobException where the turn has not come
     */
    public <T> T reading(Duration patience, Supplier<T> work) {
        try {
            if (!turns.readLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw JobException.databaseBusy(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.databaseBusy(e);
        }
        try {
            return work.get();
        } finally {
            turns.readLock().unlock();
        }
    }

    /**
     * Waits until nobody else in this process has the database open, and keeps it so until {@link #endWriting}.
     *
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public void beginWriting() throws InterruptedException {
        turns.writeLock().lockInterruptibly();
    }

    /** Lets others have their turn; called by the thread that has begun. */
    public void endWriting() {
        turns.writeLock().unlock();
    }
}
