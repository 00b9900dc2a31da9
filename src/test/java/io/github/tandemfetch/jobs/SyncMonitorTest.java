package io.github.tandemfetch.jobs;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SyncMonitorTest {
    private final SettableClock clock = new SettableClock();
    private final SyncMonitor monitor = new SyncMonitor(clock);

    @Test
    void nothing_is_told_where_nobody_syncs() {
        assertThat(monitor.state()).isEmpty();
    }

    @Test
    void the_data_is_fresh_for_four_intervals_after_the_last_success() {
        monitor.begin(Duration.ofMinutes(5));
        assertThat(monitor.state().orElseThrow().isFresh()).isTrue();
        clock.advance(Duration.ofMinutes(15));
        monitor.syncSucceeded();
        assertThat(monitor.state().orElseThrow().lastSuccess()).isEqualTo(clock.instant());
        clock.advance(Duration.ofMinutes(20));
        monitor.syncFailed("SERVICE_UNAVAILABLE");
        assertThat(monitor.state().orElseThrow().isFresh()).isTrue();
        assertThat(monitor.state().orElseThrow().lastFailure()).isEqualTo("SERVICE_UNAVAILABLE");
        clock.advance(Duration.ofMillis(1));
        assertThat(monitor.state().orElseThrow().isFresh()).isFalse();
    }

    @Test
    void without_a_first_success_four_intervals_are_the_most_too() {
        monitor.begin(Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(21));
        assertThat(monitor.state().orElseThrow().isFresh()).isFalse();
    }

    @Test
    void where_there_will_be_no_further_sync_all_is_not_well() {
        monitor.begin(Duration.ofMinutes(5));
        monitor.syncSucceeded();
        monitor.end();
        assertThat(monitor.state().orElseThrow().isFresh()).isFalse();
    }
}
