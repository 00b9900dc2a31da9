package io.github.tandemfetch.watch;

import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pipeline.SyncPass;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.SourceListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When cycles begin, and what ends them: on clocks that a test moves. */
@Timeout(20)
class SyncLoopTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final WatchOptions STEADY = new WatchOptions(INTERVAL, Duration.ZERO, 0, false);
    private static final SyncPass NOTHING_NEW = new SyncPass(0, Optional.empty(), true, false);

    private final SteppedTime time = new SteppedTime();
    private final Instant begin = time.now();
    private final List<Duration> starts = new ArrayList<>();
    private final List<WatchCycle> heard = new ArrayList<>();
    private final Deque<Supplier<SyncPass>> script = new ArrayDeque<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private SyncLoop loop;

    private SyncLoop loop(WatchOptions options) {
        loop = new SyncLoop(this::cycle, options, new Recorder(), time);
        return loop;
    }

    private final class Recorder implements WatchListener {
        @Override
        public void cycleEnded(WatchCycle cycle) {
            heard.add(cycle);
        }

        @Override
        public void ended() {
            ended.set(true);
        }
    }

    /** Plays what the script says, and stops the loop at its end. */
    private SyncPass cycle(SourceListener source, PipelineListener pipeline) {
        starts.add(Duration.between(begin, time.now()));
        Supplier<SyncPass> step = script.poll();
        if (step == null) {
            loop.stop();
            return NOTHING_NEW;
        }
        return step.get();
    }

    private SyncLoopTest then(Supplier<SyncPass> step) {
        script.add(step);
        return this;
    }

    private Supplier<SyncPass> lasting(Duration duration) {
        return () -> {
            time.pass(duration);
            return NOTHING_NEW;
        };
    }

    private static Supplier<SyncPass> failing(TandemException failure) {
        return () -> {
            throw failure;
        };
    }

    private static TandemException network() {
        return new SourceException("CONNECTION_LOST", "No answer.", "Try again.");
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    @Test
    void the_first_cycle_is_at_once_and_the_interval_is_from_start_to_start() {
        then(lasting(minutes(1))).then(lasting(minutes(4))).then(lasting(minutes(2)));

        loop(STEADY).run();

        assertThat(starts).containsExactly(Duration.ZERO, minutes(5), minutes(10), minutes(15));
        assertThat(heard).extracting(WatchCycle::duration).containsExactly(minutes(1), minutes(4), minutes(2));
        assertThat(heard.get(0).nextAt()).contains(begin.plus(minutes(5)));
        assertThat(ended).isTrue();
    }

    @Test
    void a_cycle_longer_than_the_interval_is_followed_by_one_and_none_is_made_up_for() {
        then(lasting(minutes(17))).then(lasting(minutes(1)));

        loop(STEADY).run();

        assertThat(starts).containsExactly(Duration.ZERO, minutes(17), minutes(22));
    }

    @Test
    void a_machine_that_slept_through_many_intervals_runs_one_cycle_soon_after() {
        then(() -> {
                    time.suspend(Duration.ofHours(9));
                    return NOTHING_NEW;
                })
                .then(lasting(Duration.ZERO));

        loop(STEADY).run();

        assertThat(starts).hasSize(3);
        assertThat(starts.get(1))
                .isBetween(Duration.ofHours(9), Duration.ofHours(9).plusSeconds(5));
        assertThat(starts.get(2)).isEqualTo(starts.get(1).plus(INTERVAL));
    }

    @Test
    void a_clock_set_back_by_a_day_delays_nothing_and_one_set_ahead_brings_one_cycle_early() {
        then(() -> {
                    time.setClock(Duration.ofDays(-1));
                    return NOTHING_NEW;
                })
                .then(() -> {
                    time.setClock(Duration.ofDays(2));
                    return NOTHING_NEW;
                })
                .then(lasting(Duration.ZERO));
        long nanos = time.nanos();
        List<Long> elapsed = new ArrayList<>();
        SyncLoop watched = new SyncLoop(
                (source, pipeline) -> {
                    elapsed.add((time.nanos() - nanos) / 1_000_000_000);
                    return cycle(source, pipeline);
                },
                STEADY,
                new Recorder(),
                time);
        loop = watched;

        watched.run();

        assertThat(elapsed).containsExactly(0L, 300L, 600L, 900L);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void jitter_delays_each_cycle_by_less_than_its_bound_and_does_not_add_up(long seed) {
        WatchOptions options = new WatchOptions(INTERVAL, minutes(1), 0, false);
        CycleTimes times = new CycleTimes(options, time, new java.util.Random(seed)::nextLong);
        for (int cycle = 1; cycle <= 200; cycle++) {
            times.plan(INTERVAL);
            try {
                times.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(Duration.between(begin, time.now()))
                    .as("seed %d, cycle %d", seed, cycle)
                    .isBetween(
                            INTERVAL.multipliedBy(cycle),
                            INTERVAL.multipliedBy(cycle).plus(minutes(1)));
        }
    }

    @Test
    void a_failed_cycle_is_told_and_the_next_one_comes() {
        then(failing(network()))
                .then(() -> {
                    throw new IllegalStateException("a surprise");
                })
                .then(() -> {
                    throw new OutOfMemoryError("for a moment");
                })
                .then(lasting(Duration.ZERO))
                .then(failing(network()));

        loop(STEADY).run();

        assertThat(heard).extracting(WatchCycle::failuresInARow).containsExactly(1, 2, 3, 0, 1);
        assertThat(heard.get(1).failure().get().code()).isEqualTo("INTERNAL_ERROR");
        assertThat(starts).hasSize(6);
    }

    @Test
    void as_many_failures_in_a_row_as_are_allowed_end_it_with_the_last() {
        WatchOptions options = new WatchOptions(INTERVAL, Duration.ZERO, 2, false);
        TandemException last = network();
        then(failing(network()))
                .then(lasting(Duration.ZERO))
                .then(failing(network()))
                .then(failing(last));

        assertThatThrownBy(loop(options)::run).isSameAs(last);

        assertThat(heard).hasSize(4);
        assertThat(heard.get(3).nextAt()).isEmpty();
        assertThat(ended).isTrue();
    }

    @Test
    void wrong_settings_end_it_at_the_start_and_not_later() {
        TandemException wrong =
                new TandemException("PUMP_NOT_FOUND", "No such pump.", "Look.", ExitStatus.INVALID_USAGE);
        then(failing(wrong));
        assertThatThrownBy(loop(STEADY)::run).isSameAs(wrong);

        then(lasting(Duration.ZERO)).then(failing(wrong));
        loop(STEADY).run();
        assertThat(heard).extracting(WatchCycle::failuresInARow).containsExactly(1, 0, 1);
    }

    @Test
    void once_is_one_cycle() {
        WatchOptions once = new WatchOptions(INTERVAL, Duration.ZERO, 0, true);
        then(lasting(minutes(1)));
        assertThat(loop(once).run().get().number()).isEqualTo(1);
        assertThat(starts).hasSize(1);

        TandemException failure = network();
        then(failing(failure));
        assertThatThrownBy(loop(once)::run).isSameAs(failure);
    }

    @Test
    void a_pump_that_cannot_be_fetched_keeps_nobody_elses_new_events_waiting() {
        for (int i = 0; i < 4; i++) {
            then(() -> new SyncPass(0, Optional.empty(), false, false));
        }

        loop(STEADY).run();

        assertThat(starts).startsWith(minutes(0), minutes(5), minutes(10), minutes(15));
    }

    @Test
    void an_incomplete_history_is_asked_for_again_ever_more_rarely() {
        SyncPass incomplete = new SyncPass(0, Optional.empty(), false, true);
        for (int i = 0; i < 7; i++) {
            then(() -> incomplete);
        }
        then(lasting(Duration.ZERO));

        loop(STEADY).run();

        assertThat(starts)
                .containsExactly(
                        minutes(0),
                        minutes(5),
                        minutes(15),
                        minutes(35),
                        minutes(75),
                        minutes(135),
                        minutes(195),
                        minutes(255),
                        minutes(260));
    }

    @Test
    void a_login_that_ends_in_a_failure_is_repeated_ever_more_rarely() {
        SyncLoop storming = new SyncLoop(
                (source, pipeline) -> {
                    starts.add(Duration.between(begin, time.now()));
                    if (starts.size() > 5) {
                        loop.stop();
                    }
                    source.loggingIn(Region.US);
                    throw network();
                },
                STEADY,
                new Recorder(),
                time);
        loop = storming;

        storming.run();

        assertThat(starts).containsExactly(minutes(0), minutes(5), minutes(15), minutes(35), minutes(75), minutes(135));
    }

    @Test
    void a_login_before_a_failure_of_this_machine_or_of_the_network_delays_nothing() {
        List<TandemException> failures = List.of(
                new TandemException("DATABASE_LOCKED", "In use.", "Wait.", ExitStatus.STORAGE_FAILURE),
                new TandemException("DISK_FULL", "Full.", "Make room.", ExitStatus.STORAGE_FAILURE),
                network());
        SyncLoop failing = new SyncLoop(
                (source, pipeline) -> {
                    starts.add(Duration.between(begin, time.now()));
                    if (starts.size() > 3) {
                        loop.stop();
                    }
                    if (starts.size() < 3) {
                        source.loggingIn(Region.US);
                    }
                    throw failures.get((starts.size() - 1) % 3);
                },
                STEADY,
                new Recorder(),
                time);
        loop = failing;

        failing.run();

        assertThat(starts).containsExactly(minutes(0), minutes(5), minutes(10), minutes(15));
    }

    @Test
    void a_stop_before_the_start_runs_nothing() {
        loop(STEADY).stop();
        assertThat(loop.run()).isEmpty();
        assertThat(starts).isEmpty();
    }

    @Test
    void a_stop_breaks_off_the_cycle_under_way_and_says_nothing_of_it() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        then(() -> {
            under.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw network();
            }
            return NOTHING_NEW;
        });
        SyncLoop stopped = loop(STEADY);
        Thread thread = new Thread(stopped::run);
        thread.start();
        under.await();

        assertThat(stopped.awaitEnd(Duration.ofMillis(1))).isFalse();
        stopped.stop();

        assertThat(stopped.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(heard).isEmpty();
        assertThat(ended).isTrue();
    }

    @Test
    void a_stop_ends_the_wait_between_cycles() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        SyncLoop waiting = new SyncLoop(
                (source, pipeline) -> NOTHING_NEW,
                STEADY,
                new WatchListener() {
                    @Override
                    public void cycleEnded(WatchCycle cycle) {
                        first.countDown();
                    }
                },
                WatchTime.of(java.time.Clock.systemUTC()));
        Thread thread = new Thread(waiting::run);
        thread.start();
        first.await();

        waiting.stop();

        assertThat(waiting.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }
}
