package io.github.tandemfetch.jobs.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> ended = new ArrayList<>();
    private final Connections<String> connections = new Connections<>(2, now::get);

    private void open(String name) {
        connections.opened(name, () -> {
            ended.add(name);
            connections.closed(name);
        });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        connections.endOverdue();
    }

    @Test
    void whoever_has_kept_the_server_waiting_for_the_longest_makes_room() {
        open("a");
        open("b");
        connections.await("a", SECOND, () -> {});
        connections.await("b", SECOND, () -> {});
        connections.await("a", SECOND, () -> {});
        open("c");
        assertThat(ended).containsExactly("b");
        connections.serve("a");
        connections.await("c", SECOND, () -> {});
        open("d");
        assertThat(ended).containsExactly("b", "c");
    }

    @Test
    void where_all_are_served_the_new_one_goes() {
        open("a");
        open("b");
        connections.serve("a");
        connections.serve("b");
        open("c");
        assertThat(ended).containsExactly("c");
        assertThat(connections.serves("c")).isFalse();
        assertThat(connections.serves("a")).isTrue();
    }

    @Test
    void a_wait_ends_when_its_time_is_over_and_only_once() {
        open("a");
        connections.await("a", SECOND, () -> ended.add("late"));
        pass(SECOND.minusNanos(1));
        assertThat(ended).isEmpty();
        pass(Duration.ofNanos(1));
        pass(SECOND);
        assertThat(ended).containsExactly("late");
    }

    @Test
    void nobody_who_is_served_is_ever_late() {
        open("a");
        connections.await("a", SECOND, () -> ended.add("late"));
        connections.serve("a");
        pass(SECOND.multipliedBy(100));
        assertThat(ended).isEmpty();
    }

    @Test
    void the_wait_for_the_next_request_begins_unless_it_is_there_already() {
        open("a");
        long first = connections.serve("a");
        long second = connections.serve("a");
        connections.awaitNext("a", first, SECOND);
        pass(SECOND);
        assertThat(ended).isEmpty();
        connections.awaitNext("a", second, SECOND);
        pass(SECOND);
        assertThat(ended).containsExactly("a");
    }

    @Test
    void whoever_was_told_to_go_is_served_no_more_and_closed_soon() {
        open("a");
        long turn = connections.serve("a");
        connections.leave("a", SECOND);
        assertThat(connections.serves("a")).isFalse();
        connections.awaitNext("a", turn + 1, SECOND.multipliedBy(9));
        pass(SECOND);
        assertThat(ended).containsExactly("a");
        connections.await("a", SECOND, () -> ended.add("late"));
        pass(SECOND);
        assertThat(ended).containsExactly("a");
    }
}
