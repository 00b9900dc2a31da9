package io.github.tandemfetch.history;

import io.github.tandemfetch.history.GapSurvey.Amount;
import io.github.tandemfetch.history.GapSurvey.Gap;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** How gaps are judged: by the days that the service answered whole, and at which upload. */
class GapSurveyTest {
    private static final Instant FIRST_UPLOAD = Instant.parse("2026-05-01T00:00:00Z");
    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);

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

    /** A log with an event every three minutes of some days, of which some numbers are left out. */
    private void days(int days, String wanted) {
        database.update("""
                INSERT INTO raw_events
                SELECT number, 'P', stamp::TIMESTAMPTZ, '{}', 0, number, CASE number %% 3 WHEN 0 THEN 279 ELSE 256 END,
                       stamp, 'a', now()
                FROM (SELECT number, TIMESTAMP '2026-01-01' + to_minutes(3 * number) AS stamp
                      FROM range(?::BIGINT * 480) AS numbers(number))
                WHERE %s
                """.formatted(wanted), days);
    }

    private GapSurvey survey() {
        return GapSurvey.of(database, "P");
    }

    private Map<GapKind, Amount> kinds() {
        return survey().amounts();
    }

    private void offer(Instant upload) {
        FetchProgressTable progress = new FetchProgressTable(database);
        progress.windowStored("P", "a", null, JANUARY, JANUARY);
        progress.offered("P", "a", JANUARY.minusYears(7), LocalDate.of(2026, 12, 31), upload);
    }

    /** An answer that has everything that is stored. */
    private void answer(Instant upload, Instant at) {
        RawEventTable table = new RawEventTable(database);
        try (RawEventStaging staging = table.stage()) {
            database.forEach(
                    "SELECT sequence_group, sequence_number, event_code, pump_timestamp FROM raw_events",
                    row -> staging.add(
                            false,
                            false,
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getTimestamp(4) == null
                                    ? null
                                    : row.getTimestamp(4).toLocalDateTime(),
                            null,
                            "{}"));
            staging.finish();
            database.transaction(connection -> {
                new SearchedDayTable(database)
                        .answered(
                                new SearchedDayTable.Search("P", "a", upload, at),
                                JANUARY.minusYears(7),
                                LocalDate.of(2026, 12, 31),
                                staging);
                return null;
            });
        }
    }

    private void answered() {
        offer(FIRST_UPLOAD);
        answer(FIRST_UPLOAD, FIRST_UPLOAD);
    }

    @Test
    void a_gap_on_days_that_were_not_answered_is_not_fetched_whatever_else_is_known() {
        event(0, 1, 279, "2020-01-01 00:00:00");
        event(0, 5, 60, "2020-01-01 00:10:00");
        event(1, 1, 279, "2026-01-01 00:00:00");
        assertThat(kinds()).containsExactly(Map.entry(GapKind.NOT_FETCHED, new Amount(1, 3)));

        offer(FIRST_UPLOAD);
        assertThat(kinds()).containsOnlyKeys(GapKind.NOT_FETCHED);
    }

    @Test
    void a_gap_that_was_answered_may_still_be_uploaded_while_the_pump_can_have_it() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 5, 279, "2026-01-02 00:00:00");
        event(0, 6, 279, "2026-04-02 00:00:00");
        answered();
        assertThat(kinds()).containsOnlyKeys(GapKind.NEVER_UPLOADED);

        event(0, 7, 279, "2026-04-02 00:00:01");
        assertThat(kinds()).containsOnlyKeys(GapKind.LOST_ON_PUMP);
    }

    @Test
    void a_log_that_was_damaged_or_started_over_has_lost_its_events() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 5, 60, "2026-01-02 00:00:00");
        event(0, 9, 279, "2026-01-02 00:00:00");
        event(0, 20, 279, "2026-01-02 00:00:00");
        answered();
        assertThat(survey().inOrder(9))
                .extracting(Gap::kind)
                .containsExactly(GapKind.LOST_ON_PUMP, GapKind.LOST_ON_PUMP, GapKind.NEVER_UPLOADED);

        event(1, 1, 279, "2026-01-03 00:00:00");
        assertThat(kinds()).containsOnlyKeys(GapKind.LOST_ON_PUMP);
    }

    @Test
    void a_gap_beside_events_without_a_stamp_has_the_times_of_the_next_ones_that_have_one() {
        event(0, 1, 279, "2026-01-01 00:00:00");
        event(0, 2, 279, null);
        event(0, 5, 279, null);
        event(0, 6, 279, "2026-01-02 00:00:00");

        Gap gap = survey().inOrder(9).get(0);

        assertThat(gap.before().pumpClock()).isEqualTo("2026-01-01T00:00:00");
        assertThat(gap.after().pumpClock()).isEqualTo("2026-01-02T00:00:00");
    }

    @Test
    void events_that_vanish_from_the_database_are_missing_though_the_service_was_asked() {
        days(2, "true");
        answered();
        assertThat(kinds()).isEmpty();

        database.execute("DELETE FROM raw_events WHERE sequence_number BETWEEN 100 AND 109");

        assertThat(kinds()).containsExactly(Map.entry(GapKind.NOT_FETCHED, new Amount(1, 10)));
    }

    @Test
    void an_answer_that_lacks_a_stored_event_of_a_day_proves_nothing_about_the_day() {
        days(3, "number NOT BETWEEN 500 AND 509");
        offer(FIRST_UPLOAD);
        RawEventTable table = new RawEventTable(database);
        try (RawEventStaging nothing = table.stage()) {
            nothing.finish();
            database.transaction(connection -> {
                new SearchedDayTable(database)
                        .answered(
                                new SearchedDayTable.Search("P", "a", FIRST_UPLOAD, FIRST_UPLOAD),
                                JANUARY,
                                JANUARY.plusDays(2),
                                nothing);
                return null;
            });
        }
        assertThat(kinds()).containsOnlyKeys(GapKind.NOT_FETCHED);
    }

    @Test
    void a_later_upload_reopens_a_gap_and_the_days_around_it_and_what_stays_missing_waits_longer_each_time() {
        days(30, "number NOT BETWEEN 5000 AND 5754");
        answered();
        assertThat(survey().reopened()).isEqualTo(Amount.NONE);
        assertThat(survey().reopenedDays("a", FIRST_UPLOAD, 14)).isEmpty();

        Instant now = FIRST_UPLOAD;
        for (int searches = 0; searches < 4; searches++) {
            Instant upload = now.plus(Duration.ofHours(1));
            offer(upload);
            assertThat(survey().reopened()).isEqualTo(new Amount(1, 755));
            assertThat(survey().reopenedDays("a", upload, 0)).as("too early").isEmpty();
            assertThat(survey().reopenedDays("a", upload, 14))
                    .as("few enough to be asked for at once")
                    .contains(LocalDate.of(2026, 1, 11), LocalDate.of(2026, 1, 12))
                    .hasSizeLessThan(6);
            now = now.plus(Duration.ofDays(1L << searches).plusMinutes(1));
            assertThat(survey().reopenedDays("a", now, 0)).isNotEmpty();
            answer(upload, now);
            assertThat(survey().reopened()).isEqualTo(Amount.NONE);
            assertThat(survey().answeredAsOf()).contains(upload);
        }
    }

    @Test
    void codes_that_are_never_sent_are_a_pattern_and_a_hole_in_it_is_a_loss() {
        days(20, "number % 7 <> 3 AND number % 30 <> 11 AND number NOT BETWEEN 4000 AND 4300");
        answered();

        GapSurvey survey = survey();

        assertThat(survey.amounts()).containsOnlyKeys(GapKind.NOT_SENT, GapKind.NEVER_UPLOADED);
        assertThat(survey.amounts().get(GapKind.NEVER_UPLOADED).gaps()).isEqualTo(1);
        GapSurvey.Pattern pattern = survey.pattern().orElseThrow();
        assertThat(pattern.share()).isBetween(0.16, 0.18);
        assertThat(pattern.codesBefore())
                .extracting(GapSurvey.Neighbor::code)
                .contains(256)
                .isSubsetOf(256, 279);
        assertThat(survey.days(1)).extracting(GapSurvey.Day::kind).containsExactly(GapKind.NEVER_UPLOADED);

        offer(FIRST_UPLOAD.plusSeconds(60));
        assertThat(survey().reopenedDays("a", FIRST_UPLOAD.plus(Duration.ofDays(9)), 14))
                .as("the days of the hole, not of the pattern")
                .isSubsetOf(LocalDate.of(2026, 1, 8)
                        .datesUntil(LocalDate.of(2026, 1, 12))
                        .toList());
    }

    @Test
    void half_of_all_numbers_may_be_missing_and_it_is_still_a_pattern() {
        days(12, "hash(number) % 2 = 0");
        answered();

        assertThat(kinds()).containsOnlyKeys(GapKind.NOT_SENT);
        assertThat(survey().pattern().orElseThrow().share()).isBetween(0.47, 0.53);
    }

    @Test
    void losses_now_and_then_are_no_pattern() {
        days(60, "number % 1700 NOT BETWEEN 30 AND 33");
        answered();

        assertThat(kinds()).containsOnlyKeys(GapKind.NEVER_UPLOADED);
    }

    @Test
    void another_assignment_that_offers_the_days_of_a_gap_has_to_answer_too() {
        days(3, "number NOT BETWEEN 500 AND 509");
        answered();
        FetchProgressTable progress = new FetchProgressTable(database);
        progress.windowStored("P", "b", null, JANUARY, JANUARY);
        progress.offered("P", "b", JANUARY, JANUARY.plusDays(1), FIRST_UPLOAD);
        assertThat(kinds()).containsOnlyKeys(GapKind.NOT_FETCHED);

        progress.listed("b", FIRST_UPLOAD);
        assertThat(kinds()).as("it is not listed any more").containsOnlyKeys(GapKind.NEVER_UPLOADED);
    }

    @Test
    void the_evidence_of_an_older_schema_is_kept_as_far_as_it_goes() {
        for (String statement : List.of(
                "DELETE FROM schema_version WHERE version >= 5",
                "CREATE TABLE searched_gaps (pump_serial VARCHAR NOT NULL, sequence_group BIGINT NOT NULL,"
                        + " first_missing BIGINT NOT NULL, last_missing BIGINT NOT NULL, searched_at TIMESTAMPTZ NOT NULL,"
                        + " PRIMARY KEY (pump_serial, sequence_group, first_missing, last_missing))",
                "DROP TABLE searched_days",
                "DROP TABLE service_notes",
                "DROP TABLE window_size",
                "DROP TABLE account",
                "DROP TABLE rejected_events",
                "DROP TABLE replaced_events",
                "DROP TABLE domain_progress",
                "ALTER TABLE conflicting_events DROP COLUMN replaced",
                "ALTER TABLE fetch_progress DROP COLUMN last_upload",
                "ALTER TABLE fetch_progress DROP COLUMN seen_upload",
                "ALTER TABLE fetch_progress DROP COLUMN offered_from",
                "ALTER TABLE fetch_progress DROP COLUMN offered_to")) {
            database.execute(statement);
        }
        days(30, "number NOT BETWEEN 500 AND 509 AND number NOT BETWEEN 9000 AND 9009");
        database.update(
                "INSERT INTO fetch_progress (pump_serial, device_assignment_id, fetched_from, fetched_through,"
                        + " complete_through, completed_at) VALUES ('P', 'a', DATE '2025-12-31', DATE '2026-01-29',"
                        + " TIMESTAMP '9999-01-30 23:00:00', ?)",
                FIRST_UPLOAD.atOffset(ZoneOffset.UTC));
        database.execute("INSERT INTO searched_gaps VALUES ('P', 0, 500, 509, TIMESTAMPTZ '2026-02-01 00:00:00Z')");

        new Migrations().migrate(database);

        assertThat(survey().inOrder(9))
                .extracting(Gap::kind)
                .containsExactly(GapKind.NEVER_UPLOADED, GapKind.NOT_FETCHED);
        offer(FIRST_UPLOAD);
        assertThat(survey().reopened()).as("at which upload, was not noted").isEqualTo(new Amount(1, 10));
    }
}
