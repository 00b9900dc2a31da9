package io.github.tandemfetch.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseTurnsTest {
    private final DatabaseTurns turns = new DatabaseTurns();
    private final AtomicInteger reading = new AtomicInteger();

    @Test
    void readers_without_end_leave_the_file_alone_now_and_then() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread reader = new Thread(() -> {
                while (!over.get()) {
                    turns.reading(Duration.ofSeconds(5), this::read);
                }
            });
            readers.add(reader);
            reader.start();
        }

        assertThat(longestPauseMillis(Duration.ofSeconds(6))).isGreaterThan(150);
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
    }

    @Test
    void nobody_reads_while_somebody_writes() throws InterruptedException {
        List<Boolean> refused = new ArrayList<>();
        Thread reader = new Thread(() -> refused.add(isRefused()));
        turns.writing(() -> {
            reader.start();
            return join(reader);
        });
        assertThat(refused).containsExactly(true);
        assertThat(isRefused()).isFalse();
    }

    @Test
    void whoever_is_interrupted_while_others_read_does_not_write() {
        boolean written = turns.reading(Duration.ofSeconds(1), () -> {
            AtomicBoolean wrote = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> turns.writing(() -> wrote.getAndSet(true)))
                        .isInstanceOf(JobException.class);
            });
            writer.start();
            join(writer);
            return wrote.get();
        });
        assertThat(written).isFalse();
    }

    private boolean isRefused() {
        try {
            return !turns.reading(Duration.ofMillis(10), () -> true);
        } catch (JobException busy) {
            return true;
        }
    }

    private static boolean join(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int read() {
        reading.incrementAndGet();
        try {
            Thread.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reading.decrementAndGet();
    }

    private long longestPauseMillis(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long longest = 0;
        long last = System.nanoTime();
        while (System.nanoTime() < deadline && longest <= 150) {
            if (reading.get() > 0) {
                last = System.nanoTime();
            }
            longest = Math.max(longest, (System.nanoTime() - last) / 1_000_000);
            Thread.sleep(5);
        }
        return longest;
    }
}
