package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gaps in one pump's log, judged: which the service answered for, at which upload, and which are a pattern. All of it
 * is a fixed number of statements over temporary tables, however many gaps there are.
 */
public final class GapSurvey {
    /** The code of the event with which a pump says that its log is damaged. */
    private static final int LOG_CORRUPTION = 60;

    /** How many days a pump keeps an event before its log overwrites it. */
    public static final int DAYS_KEPT_ON_PUMP = 90;

    /** After so many days on which asking brought nothing, a gap that is lost on the pump waits for its turn. */
    private static final int ATTEMPTS_UNTIL_SETTLED = 3;

    private static final String FIND_GAPS = """
            CREATE OR REPLACE TEMP TABLE found_gaps AS
            SELECT sequence_group, first_missing, last_missing, last_missing - first_missing + 1 AS size,
                   time_before, time_after, utc_before, utc_after, code_before, code_after
            FROM (
                SELECT sequence_group, sequence_number + 1 AS first_missing,
                       lead(sequence_number) OVER log - 1 AS last_missing,
                       pump_timestamp AS time_before, lead(pump_timestamp) OVER log AS time_after,
                       event_timestamp AS utc_before, lead(event_timestamp) OVER log AS utc_after,
                       event_code AS code_before, lead(event_code) OVER log AS code_after
                FROM raw_events
                WHERE pump_serial = ? AND sequence_number BETWEEN 0 AND 4294967295
                WINDOW log AS (PARTITION BY sequence_group ORDER BY sequence_number)
            )
            WHERE first_missing <= last_missing
            """;

    // An event without a readable stamp may stand beside a gap: the next one that has a stamp stands for it.
    private static final String FIND_STAMPS = """
            CREATE OR REPLACE TEMP TABLE found_gaps AS
            WITH stamped AS (
                SELECT sequence_group, sequence_number, pump_timestamp FROM raw_events
                WHERE pump_serial = ? AND pump_timestamp IS NOT NULL
            )
            SELECT gap.* REPLACE (coalesce(gap.time_before, earlier.pump_timestamp) AS time_before,
                                  coalesce(gap.time_after, later.pump_timestamp) AS time_after)
            FROM found_gaps gap
            ASOF LEFT JOIN stamped earlier
              ON earlier.sequence_group = gap.sequence_group AND gap.first_missing > earlier.sequence_number
            ASOF LEFT JOIN stamped later
              ON later.sequence_group = gap.sequence_group AND gap.last_missing < later.sequence_number
            """;

    private static final String FIND_DAYS = """
            CREATE OR REPLACE TEMP TABLE logged_days AS
            SELECT device_assignment_id, pump_timestamp::DATE AS day, count(*) AS events
            FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NOT NULL GROUP BY ALL
            """;

    private static final String JUDGE_DAYS = """
            CREATE OR REPLACE TEMP TABLE offered_days AS
            SELECT offered.day, offered.device_assignment_id,
                   searched.day IS NULL OR coalesce(logged.events, 0) < searched.events AS open,
                   seen_upload IS NOT NULL AND searched.upload IS DISTINCT FROM seen_upload AS stale,
                   searched.upload, searched.searched_at, searched.attempts
            FROM (
                SELECT device_assignment_id, seen_upload,
                       unnest(generate_series(
                           coalesce(offered_from, fetched_from)::TIMESTAMP,
                           coalesce(offered_to, least(greatest(complete_through::DATE, fetched_through),
                                                      current_date + 1))::TIMESTAMP,
                           INTERVAL 1 DAY))::DATE AS day
                FROM fetch_progress WHERE pump_serial = ? AND unlisted_since IS NULL
            ) offered
            LEFT JOIN (FROM searched_days WHERE pump_serial = ?) searched USING (device_assignment_id, day)
            LEFT JOIN logged_days logged USING (device_assignment_id, day)
            """;

    /** Most gaps share their days with others, so that there are no more spans than days, give or take. */
    private static final String JUDGE_SPANS = """
            CREATE OR REPLACE TEMP TABLE gap_spans AS
            SELECT span.from_day, span.to_day,
                   coalesce(bool_or(offered.open), NOT EXISTS (FROM fetch_progress WHERE pump_serial = ?)) AS open,
                   coalesce(bool_or(offered.stale), false) AS stale,
                   min(offered.upload) AS upload, min(offered.searched_at) AS searched_at,
                   coalesce(min(offered.attempts), 0) AS attempts
            FROM (
                SELECT DISTINCT least(time_before, time_after)::DATE - 1 AS from_day,
                                greatest(time_before, time_after)::DATE + 1 AS to_day
                FROM found_gaps
            ) span LEFT JOIN offered_days offered ON offered.day BETWEEN span.from_day AND span.to_day
            GROUP BY span.from_day, span.to_day
            """;

    /** Days of which nearly each one before or after has small gaps too: that is no loss, which comes now and then. */
    private static final String FIND_PATTERN = """
            CREATE OR REPLACE TEMP TABLE pattern_days AS
            WITH small AS (
                SELECT time_before::DATE AS day, count(*) AS gaps FROM found_gaps
                WHERE size <= {largest_small} AND time_before IS NOT NULL GROUP BY 1
            ), logged AS (
                SELECT day, sum(events) AS events FROM logged_days GROUP BY day HAVING sum(events) >= 50
            ), framed AS (
                SELECT day, coalesce(gaps, 0) AS gaps,
                       count(*) OVER back AS days_back, count(gaps) OVER back AS with_back,
                       sum(coalesce(gaps, 0)) OVER back AS gaps_back,
                       count(*) OVER ahead AS days_ahead, count(gaps) OVER ahead AS with_ahead,
                       sum(coalesce(gaps, 0)) OVER ahead AS gaps_ahead
                FROM logged LEFT JOIN small USING (day)
                WINDOW back AS (ORDER BY day ROWS BETWEEN 14 PRECEDING AND CURRENT ROW),
                       ahead AS (ORDER BY day ROWS BETWEEN CURRENT ROW AND 14 FOLLOWING)
            ), evident AS (
                SELECT day FROM framed
                WHERE gaps > 0
                  AND (days_back >= 3 AND with_back >= 0.8 * days_back AND gaps_back >= 10
                    OR days_ahead >= 3 AND with_ahead >= 0.8 * days_ahead AND gaps_ahead >= 10)
            )
            SELECT DISTINCT day + beside::INTEGER AS day FROM evident, range(-2, 3) AS beside(beside)
            """;

    private static final String JUDGE_GAPS = """
            CREATE OR REPLACE TEMP TABLE judged_gaps AS
            SELECT *, stale AND kind <> 'not_sent' AND kind <> 'not_fetched'
                      AND (kind = 'never_uploaded' OR attempts < {settled}) AS reopened
            FROM (
                SELECT gap.*, gap.time_before::DATE AS day, span.from_day, span.to_day,
                       span.stale, span.upload, span.searched_at, span.attempts,
                       CASE WHEN span.open THEN 'not_fetched'
                            WHEN (gap.size <= {largest_small}
                               OR gap.time_after - gap.time_before BETWEEN INTERVAL 0 SECOND AND INTERVAL 15 MINUTE)
                             AND gap.time_before::DATE IN (SELECT day FROM pattern_days) THEN 'not_sent'
                            WHEN gap.code_before = {corruption} OR gap.code_after = {corruption}
                              OR gap.sequence_group <> log.newest_group
                              OR gap.utc_after < log.newest - INTERVAL {kept} DAY THEN 'lost_on_pump'
                            ELSE 'never_uploaded' END AS kind,
                       CASE WHEN gap.code_before = {corruption} OR gap.code_after = {corruption} THEN 'corruption'
                            WHEN gap.sequence_group <> log.newest_group THEN 'restarted'
                            ELSE 'overwritten' END AS loss
                FROM found_gaps gap
                JOIN gap_spans span
                  ON span.from_day IS NOT DISTINCT FROM least(time_before, time_after)::DATE - 1
                 AND span.to_day IS NOT DISTINCT FROM greatest(time_before, time_after)::DATE + 1
                CROSS JOIN (
                    SELECT max(sequence_group) AS newest_group, max(event_timestamp) AS newest
                    FROM raw_events WHERE pump_serial = ?
                ) log
            )
            """;

    private final Database database;
    private final String pumpSerial;

    private GapSurvey(Database database, String pumpSerial) {
        this.database = database;
        this.pumpSerial = pumpSerial;
    }

    /**
     * Looks through the log of a pump. What was found of another pump in the same session is gone then.
     *
     * @return what was found
     */
    public static GapSurvey of(Database database, String pumpSerial) {
        GapSurvey survey = new GapSurvey(database, pumpSerial);
        survey.look();
        return survey;
    }

    private void look() {
        database.update(FIND_GAPS, pumpSerial);
        if (number("SELECT count(*) FROM found_gaps WHERE time_before IS NULL OR time_after IS NULL") > 0) {
            database.update(FIND_STAMPS, pumpSerial);
        }
        database.update(FIND_DAYS, pumpSerial);
        database.update(JUDGE_DAYS, pumpSerial, pumpSerial);
        database.update(JUDGE_SPANS, pumpSerial);
        // Gaps of a pattern are short; one that is much longer than nearly all others is none of them, unless its
        // events
        // were logged at once, as readings are that a sensor sends later.
        long largest = number(
                "SELECT coalesce(least(64, greatest(4, 4 * quantile_disc(size, 0.95))), 0)::BIGINT FROM found_gaps");
        database.execute(withFigures(FIND_PATTERN, largest));
        database.update(withFigures(JUDGE_GAPS, largest), pumpSerial);
    }

    private static String withFigures(String sql, long largestOfPattern) {
        return sql.replace("{largest_small}", Long.toString(largestOfPattern))
                .replace("{settled}", Integer.toString(ATTEMPTS_UNTIL_SETTLED))
                .replace("{corruption}", Integer.toString(LOG_CORRUPTION))
                .replace("{kept}", Integer.toString(DAYS_KEPT_ON_PUMP));
    }

    private long number(String sql, Object... values) {
        return database.first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /**
     * How much is missing.
     *
     * @param gaps how many gaps
     * @param sequenceNumbers how many numbers are missing in them
     */
    public record Amount(long gaps, long sequenceNumbers) {
        /** Nothing. */
        public static final Amount NONE = new Amount(0, 0);

        /**
         * Both together.
         *
         * @param other more
         * @return the sums
         */
        public Amount plus(Amount other) {
            return new Amount(gaps + other.gaps, sequenceNumbers + other.sequenceNumbers);
        }
    }

    /**
     * How much is missing of each kind.
     *
     * @return the kinds that occur
     */
    public Map<GapKind, Amount> amounts() {
        Map<GapKind, Amount> amounts = new EnumMap<>(GapKind.class);
        database.forEach(
                "SELECT kind, count(*), sum(size)::BIGINT FROM judged_gaps GROUP BY kind",
                row -> amounts.put(kind(row.getString(1)), new Amount(row.getLong(2), row.getLong(3))));
        return amounts;
    }

    /**
     * What was answered at an earlier upload only, and may have been uploaded since.
     *
     * @return how much; gaps of a pattern not counted
     */
    public Amount reopened() {
        return amount("reopened");
    }

    /**
     * What is missing on days for which the service did not answer after a moment.
     *
     * @param deviceAssignmentId the assignment that was asked
     * @param since the moment
     * @return how much
     */
    public Amount notAnsweredSince(String deviceAssignmentId, Instant since) {
        return amount(
                """
                (from_day, to_day) IN (
                    SELECT (span.from_day, span.to_day)
                    FROM gap_spans span JOIN offered_days offered ON offered.day BETWEEN span.from_day AND span.to_day
                    WHERE offered.device_assignment_id = ? AND (offered.open OR offered.searched_at < ?::TIMESTAMPTZ)
                )
                """, deviceAssignmentId, since.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }

    private Amount amount(String condition, Object... values) {
        return database.first(
                        "SELECT count(*), coalesce(sum(size), 0)::BIGINT FROM judged_gaps WHERE " + condition,
                        row -> new Amount(row.getLong(1), row.getLong(2)),
                        values)
                .orElse(Amount.NONE);
    }

    /**
     * The earliest upload at which all gaps but those of a pattern were answered.
     *
     * @return UTC; empty where there is no such gap, or it is not known
     */
    public Optional<Instant> answeredAsOf() {
        return database.first(
                "SELECT epoch_us(min(upload)) FROM judged_gaps WHERE kind IN ('never_uploaded', 'lost_on_pump')",
                row -> Micros.instant(row, 1));
    }

    /**
     * Small gaps on nearly every day, as of event codes that the service never sends.
     *
     * @param share which part of the log is missing on these days, 0 to 1
     * @param firstDay the first day, pump clock
     * @param lastDay the last day, pump clock
     * @param missing how much is missing
     * @param codesBefore the most frequent codes of the events before the gaps
     */
    public record Pattern(
            double share, LocalDate firstDay, LocalDate lastDay, Amount missing, List<Neighbor> codesBefore) {
        public Pattern {
            codesBefore = List.copyOf(codesBefore);
        }
    }

    /**
     * A code of events that stand before gaps.
     *
     * @param code the code
     * @param gaps how many gaps follow such an event
     */
    public record Neighbor(int code, long gaps) {}

    /**
     * The pattern in the log.
     *
     * @return empty where there is none
     */
    public Optional<Pattern> pattern() {
        Amount missing = amounts().get(GapKind.NOT_SENT);
        if (missing == null) {
            return Optional.empty();
        }
        List<Neighbor> codes = new ArrayList<>();
        database.forEach("""
                SELECT code_before, count(*) FROM judged_gaps WHERE kind = 'not_sent'
                GROUP BY code_before ORDER BY count(*) DESC, code_before LIMIT 3
                """, row -> codes.add(new Neighbor(row.getInt(1), row.getLong(2))));
        return database.first(
                """
                SELECT min(day), max(day),
                       (SELECT sum(events)::BIGINT FROM logged_days
                        WHERE day IN (SELECT day FROM judged_gaps WHERE kind = 'not_sent'))
                FROM judged_gaps WHERE kind = 'not_sent'
                """,
                row -> new Pattern(
                        (double) missing.sequenceNumbers() / (missing.sequenceNumbers() + row.getLong(3)),
                        row.getObject(1, LocalDate.class),
                        row.getObject(2, LocalDate.class),
                        missing,
                        codes));
    }

    /**
     * What is missing on a day.
     *
     * @param day the day, pump clock; null where it is not known
     * @param kind the kind of its gaps
     * @param missing how much
     */
    public record Day(LocalDate day, GapKind kind, Amount missing) {}

    /**
     * The days with gaps, those on which most is missing first; gaps of a pattern come last.
     *
     * @param limit how many days at most
     * @return the days
     */
    public List<Day> days(int limit) {
        List<Day> days = new ArrayList<>();
        database.forEach(
                "SELECT day, kind, count(*), sum(size)::BIGINT AS missing FROM judged_gaps GROUP BY day, kind"
                        + " ORDER BY kind = 'not_sent', missing DESC, day LIMIT " + limit,
                row -> days.add(new Day(
                        row.getObject(1, LocalDate.class),
                        kind(row.getString(2)),
                        new Amount(row.getLong(3), row.getLong(4)))));
        return days;
    }

    /**
     * How many lines {@link #days} has without a limit.
     *
     * @return the number of days, one of two kinds counted twice
     */
    public long dayCount() {
        return number("SELECT count(*) FROM (SELECT DISTINCT day, kind FROM judged_gaps)");
    }

    /**
     * A stretch of missing sequence numbers.
     *
     * @param sequenceGroup the group they are missing from
     * @param firstMissing the first missing number
     * @param lastMissing the last missing number
     * @param kind the kind
     * @param before where the event before stands
     * @param after where the event after stands
     * @param evidence what is known of the search
     */
    public record Gap(
            long sequenceGroup,
            long firstMissing,
            long lastMissing,
            GapKind kind,
            Moment before,
            Moment after,
            Evidence evidence) {
        /**
         * How many numbers are missing.
         *
         * @return at least 1
         */
        public long size() {
            return lastMissing - firstMissing + 1;
        }
    }

    /**
     * When an event was logged.
     *
     * @param pumpClock on the pump's clock; null where that is not known
     * @param utc UTC; null where that is not known
     */
    public record Moment(LocalDateTime pumpClock, Instant utc) {}

    /**
     * What is known of the search for a gap.
     *
     * @param searchedAt since when the service has answered for all its days, UTC; null where it has not
     * @param upload the upload at which it did, UTC; null where that is not known
     * @param reopened whether the pump was uploaded since
     * @param loss why it is taken for lost: {@code corruption}, {@code restarted} or {@code overwritten}
     */
    public record Evidence(Instant searchedAt, Instant upload, boolean reopened, String loss) {}

    /**
     * The gaps in which most is missing; gaps of a pattern come last.
     *
     * @param limit how many at most
     * @return the gaps
     */
    public List<Gap> largest(int limit) {
        return gaps("ORDER BY kind = 'not_sent', size DESC, sequence_group, first_missing LIMIT " + limit);
    }

    /**
     * The gaps of the log.
     *
     * @param limit how many at most
     * @return the gaps in the order of the log
     */
    public List<Gap> inOrder(int limit) {
        return gaps("ORDER BY sequence_group, first_missing LIMIT " + limit);
    }

    private List<Gap> gaps(String order) {
        List<Gap> gaps = new ArrayList<>();
        database.forEach("""
                SELECT sequence_group, first_missing, last_missing, kind, epoch_us(time_before), epoch_us(time_after),
                       epoch_us(utc_before), epoch_us(utc_after),
                       CASE WHEN kind <> 'not_fetched' THEN epoch_us(searched_at) END, epoch_us(upload), reopened, loss
                FROM judged_gaps
                """ + order, row -> gaps.add(gap(row)));
        return gaps;
    }

    private static Gap gap(ResultSet row) throws SQLException {
        return new Gap(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                kind(row.getString(4)),
                new Moment(Micros.localDateTime(row, 5), Micros.instant(row, 7)),
                new Moment(Micros.localDateTime(row, 6), Micros.instant(row, 8)),
                new Evidence(Micros.instant(row, 9), Micros.instant(row, 10), row.getBoolean(11), row.getString(12)));
    }

    private static GapKind kind(String label) {
        for (GapKind kind : GapKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalStateException(label);
    }

    /**
     * Whether gaps are judged by days of which some lie in a span.
     *
     * @param first the first day
     * @param last the last day
     * @return true where a gap that is not fetched touches the span
     */
    public boolean touches(LocalDate first, LocalDate last) {
        return database.first(
                        "SELECT 1 FROM judged_gaps WHERE kind = 'not_fetched' AND from_day <= ? AND to_day >= ? LIMIT 1",
                        row -> true,
                        last,
                        first)
                .isPresent();
    }

    /**
     * The days of an assignment that the service has not answered whole.
     *
     * @param deviceAssignmentId the assignment
     * @param before only days before this one
     * @return the days in order
     */
    public List<LocalDate> openDays(String deviceAssignmentId, LocalDate before) {
        List<LocalDate> days = new ArrayList<>();
        database.forEach(
                "SELECT day FROM offered_days WHERE open AND device_assignment_id = ? AND day < ? ORDER BY day",
                row -> days.add(row.getObject(1, LocalDate.class)),
                deviceAssignmentId,
                before);
        return days;
    }

    /**
     * The days around all gaps, of any kind.
     *
     * @param deviceAssignmentId the assignment
     * @return the days in order, as far as the service offers them
     */
    public List<LocalDate> daysOfGaps(String deviceAssignmentId) {
        List<LocalDate> days = new ArrayList<>();
        database.forEach("""
                SELECT DISTINCT day FROM offered_days
                JOIN gap_spans ON day BETWEEN from_day AND to_day
                WHERE device_assignment_id = ? ORDER BY day
                """, row -> days.add(row.getObject(1, LocalDate.class)), deviceAssignmentId);
        return days;
    }

    /**
     * The days around gaps, and around a restart of the log, that were answered at an earlier upload only. A day on which
     * asking brought nothing waits 1, 2, 4 days and so on, up to 32. Those around the largest gaps do not wait, as long as
     * they are few: what an upload has filled is found at once.
     *
     * @param deviceAssignmentId the assignment
     * @param now the current time
     * @param atOnce how many days need not wait
     * @return the days in order
     */
    public List<LocalDate> reopenedDays(String deviceAssignmentId, Instant now, int atOnce) {
        List<LocalDate> days = new ArrayList<>();
        database.forEach(
                """
                WITH wanted AS (
                    SELECT from_day, to_day, sum(size) AS missing, bool_or(reopened) AS reopened
                    FROM judged_gaps WHERE kind IN ('never_uploaded', 'lost_on_pump') GROUP BY ALL
                    UNION ALL
                    SELECT least(stop, start)::DATE, greatest(stop, start)::DATE, 0, false
                    FROM (
                        SELECT newest AS stop, lead(oldest) OVER (ORDER BY sequence_group) AS start
                        FROM (
                            SELECT sequence_group, arg_max(pump_timestamp, sequence_number) AS newest,
                                   arg_min(pump_timestamp, sequence_number) AS oldest
                            FROM raw_events WHERE pump_serial = ? GROUP BY sequence_group
                        )
                    ) WHERE start IS NOT NULL AND start - stop BETWEEN INTERVAL 0 DAY AND INTERVAL 400 DAY
                ), stale_days AS (
                    SELECT day, max(missing) AS missing, bool_or(reopened) AS reopened,
                           bool_or(searched_at + to_days(1 << least(attempts, 5)) <= ?::TIMESTAMPTZ) AS due
                    FROM offered_days JOIN wanted ON day BETWEEN from_day AND to_day
                    WHERE device_assignment_id = ? AND stale AND NOT open
                    GROUP BY day
                )
                SELECT day FROM stale_days
                QUALIFY due OR reopened AND missing > 0
                    AND row_number() OVER (PARTITION BY due OR NOT reopened ORDER BY missing DESC, day DESC) <= ?
                ORDER BY day
                """,
                row -> days.add(row.getObject(1, LocalDate.class)),
                pumpSerial,
                now.atOffset(ZoneOffset.UTC),
                deviceAssignmentId,
                atOnce);
        return days;
    }

    /**
     * Whether a day that no window covers has to be asked for: never done, or at an earlier upload and long enough ago.
     *
     * @param deviceAssignmentId the assignment
     * @param day the day
     * @param upload the pump's last upload, UTC; null where the service does not say
     * @param now the current time
     * @return false where an answer would say nothing new
     */
    public boolean isDue(String deviceAssignmentId, LocalDate day, Instant upload, Instant now) {
        return database.first(
                        """
                        SELECT 1 FROM searched_days
                        WHERE pump_serial = ? AND device_assignment_id = ? AND day = ?
                          AND (upload IS NOT DISTINCT FROM ?::TIMESTAMPTZ
                            OR searched_at + to_days(1 << least(attempts, 5)) > ?::TIMESTAMPTZ)
                        """,
                        row -> true,
                        pumpSerial,
                        deviceAssignmentId,
                        day,
                        upload == null ? null : upload.atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC))
                .isEmpty();
    }
}
