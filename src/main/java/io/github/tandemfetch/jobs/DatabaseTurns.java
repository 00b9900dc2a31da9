package io.github.tandemfetch.jobs;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who may have the database open in this process: many that read, or one that writes. The engine refuses to open a file
 * twice in different ways. Nobody is passed over: also another process that waits to write gets in, since after some
 * seconds of one reading upon the other there is a pause.
 */
@Singleton
public class DatabaseTurns {
    private static final long READING_AT_MOST_NANOS = Duration.ofSeconds(2).toNanos();

    // Whoever waits for the file looks every 100 ms.
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);
    private final Object count = new Object();
    private int readers;
    private long readSince = System.nanoTime();
    private long freeSince = readSince;

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
            if (isReadForLong() && turns.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                pause();
            }
            if (!turns.readLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw JobException.databaseBusy(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.databaseBusy(e);
        }
        begun();
        try {
            return work.get();
        } finally {
            ended();
            turns.readLock().unlock();
        }
    }

    private boolean isReadForLong() {
        synchronized (count) {
            long now = System.nanoTime();
            return (readers > 0 || now - freeSince < PAUSE_NANOS) && now - readSince > READING_AT_MOST_NANOS;
        }
    }

    private void pause() throws InterruptedException {
        try {
            // Another thread may have waited for the same, and paused.
            if (isReadForLong()) {
                TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
            }
        } finally {
            synchronized (count) {
                readSince = System.nanoTime();
            }
            turns.writeLock().unlock();
        }
    }

    private void begun() {
        synchronized (count) {
            long now = System.nanoTime();
            if (readers == 0 && now - freeSince >= PAUSE_NANOS) {
                readSince = now;
            }
            readers++;
        }
    }

    private void ended() {
        synchronized (count) {
            readers--;
            freeSince = System.nanoTime();
        }
    }

    /**
     * Writes while nobody else in this process has the database open.
     *
     * @param work the writing
     * @param <T> what it gives
     * @return what the work gives
     * @throws JobException where the thread is interrupted while it waits for the turn
     */
    public <T> T writing(Supplier<T> work) {
        try {
            turns.writeLock().lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.ending();
        }
        try {
            return work.get();
        } finally {
            turns.writeLock().unlock();
        }
    }
}
