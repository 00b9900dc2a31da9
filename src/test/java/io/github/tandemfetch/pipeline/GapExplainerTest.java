package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GapExplainerTest {
    @TempDir
    Path folder;

    private Database database;
    private long id;

    @BeforeEach
    void open() {
        database = new DatabaseOpener().openForWriting(folder.resolve("tandem.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void event(int group, long number, int code, String utc) {
        database.update(
                "INSERT INTO raw_events VALUES (?, 'P', ?::TIMESTAMPTZ, '{}', ?, ?, ?, ?::TIMESTAMP, 'a', now())",
                ++id,
                utc,
                group,
                number,
                code,
                utc);
    }

    private List<GapKind> kinds() {
        GapExplainer explainer = GapExplainer.of(database, "P");
        return new SequenceGaps(database)
                .all("P").stream().map(gap -> explainer.explain(gap).kind()).toList();
    }

    private void askForAll() {
        SequenceGaps gaps = new SequenceGaps(database);
        gaps.searched("P", gaps.all("P").stream().map(KnownGap::gap).toList(), Instant.parse("2026-05-01T00:00:00Z"));
    }

    @Test
    void a_gap_that_nobody_asked_for_is_not_fetched_whatever_else_is_known() {
        event(0, 1, 279, "2020-01-01 00:00:00");
        event(0, 5, 60, "2020-01-01 00:10:00");
        event(1, 1, 279, "2026-01-01 00:00:00");

        assertThat(kinds()).containsExactly(GapKind.NOT_FETCHED);
    }

    @Test
    void a_gap_that_was_asked_for_may_still_be_uploaded_while_the_pump_can_have_it() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 5, 279, "2026-01-02 00:00:00");
        event(0, 6, 279, "2026-04-02 00:00:00");
        askForAll();
        assertThat(kinds()).containsExactly(GapKind.NEVER_UPLOADED);

        event(0, 7, 279, "2026-04-02 00:00:01");
        assertThat(kinds()).containsExactly(GapKind.LOST_ON_PUMP);
    }

    @Test
    void a_log_that_was_damaged_or_started_over_has_lost_its_events() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 5, 60, "2026-01-02 00:00:00");
        event(0, 9, 279, "2026-01-02 00:00:00");
        event(0, 20, 279, "2026-01-02 00:00:00");
        askForAll();
        assertThat(kinds()).containsExactly(GapKind.LOST_ON_PUMP, GapKind.LOST_ON_PUMP, GapKind.NEVER_UPLOADED);

        event(1, 1, 279, "2026-01-03 00:00:00");
        assertThat(kinds()).containsOnly(GapKind.LOST_ON_PUMP);
    }

    @Test
    void a_gap_beside_events_without_a_stamp_has_the_times_of_the_next_ones_that_have_one() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 2, 279, null);
        event(0, 5, 279, null);
        event(0, 6, 279, "2026-01-02 00:00:00");

        SequenceGaps.Gap gap = new SequenceGaps(database).all("P").get(0).gap();

        assertThat(gap.timeBefore()).isEqualTo("2026-01-01T00:00:00");
        assertThat(gap.timeAfter()).isEqualTo("2026-01-02T00:00:00");
    }
}
