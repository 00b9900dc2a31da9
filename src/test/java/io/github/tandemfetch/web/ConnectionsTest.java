package io.github.tandemfetch.web;

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

    @Test
    void a_download_may_take_any_time_as_long_as_there_is_progress() {
        open("a");
        connections.serve("a");
        for (int i = 0; i < 100; i++) {
            connections.progress("a", SECOND);
            pass(SECOND.minusNanos(1));
        }
        assertThat(ended).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(ended).containsExactly("a");
    }

    @Test
    void idle_connections_are_closed_before_any_download() {
        open("download");
        connections.serve("download");
        connections.progress("download", SECOND.multipliedBy(900));
        pass(SECOND.multipliedBy(600));
        open("idle");
        connections.await("idle", SECOND, () -> {});
        open("next");
        assertThat(ended).containsExactly("idle");
    }

    @Test
    void where_there_are_downloads_only_the_one_without_progress_for_the_longest_goes() {
        open("a");
        open("b");
        for (String download : List.of("a", "b")) {
            connections.serve(download);
            connections.progress(download, SECOND.multipliedBy(900));
        }
        pass(SECOND.multipliedBy(20));
        connections.progress("a", SECOND.multipliedBy(900));
        open("early");
        assertThat(ended).containsExactly("early");
        pass(SECOND.multipliedBy(20));
        open("late");
        assertThat(ended).containsExactly("early", "b");
        assertThat(connections.serves("late")).isTrue();
    }

    @Test
    void a_download_that_has_ended_waits_for_the_next_request_like_any_other() {
        open("a");
        long turn = connections.serve("a");
        connections.progress("a", SECOND.multipliedBy(900));
        connections.awaitNext("a", turn, SECOND);
        pass(SECOND);
        assertThat(ended).containsExactly("a");
    }
}
