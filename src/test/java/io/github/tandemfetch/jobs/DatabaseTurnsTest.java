package io.github.tandemfetch.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
