package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.status.StatusService;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers in which something is no event of the pump, over real HTTP: it is kept and told, and harms nothing else. */
@QuarkusTest
class RejectedEventsTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(6).withSeed(7).withPumpsWithHistory(2);

    @TempDir
    Path folder;

    private List<String> truth;

    private Account undisturbed(Account account) {
        Account undisturbed = account.elsewhere("truth");
        undisturbed.sync();
        truth = times(undisturbed, "raw_events");
        return undisturbed;
    }

    private static List<String> times(Account account, String table) {
        return rows(
                account,
                "SELECT pump_serial || ' ' || sequence_group || ' ' || sequence_number || ' '"
                        + " || coalesce(" + (table.equals("raw_events") ? "event_timestamp" : "timestamp")
                        + "::VARCHAR, 'none') FROM " + table
                        + " ORDER BY pump_serial, sequence_group, sequence_number");
    }

    private static List<String> rows(Account account, String sql) {
        List<String> rows = new ArrayList<>();
        try (Database database = new DatabaseOpener().openForReading(account.databaseFile())) {
            database.forEach(sql, row -> rows.add(row.getString(1)));
        }
        return rows;
    }

    /** Tells the first difference: a history is too long to be printed. */
    private void assertTrue(List<String> times) {
        for (int i = 0; i < Math.min(times.size(), truth.size()); i++) {
            assertThat(times.get(i)).isEqualTo(truth.get(i));
        }
        assertThat(times.size()).isEqualTo(truth.size());
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }

    private static void addBeside(ObjectNode answer, Consumer<ObjectNode> change) {
        ArrayNode events = answer.withArray("events");
        if (events.size() > 2) {
            ObjectNode stray = events.get(events.size() / 2).deepCopy();
            change.accept(stray);
            events.insert(events.size() / 2, stray);
        }
    }

    private void shown(Account account, SyncReport report, long rejected) {
        assertThat(report.complete()).isFalse();
        assertThat(report.fetch().pumps().stream()
                        .mapToLong(PumpFetch::rejected)
                        .sum())
                .isEqualTo(rejected);
        assertThat(account.count("rejected_events")).isEqualTo(rejected);
        assertTrue(times(account, "raw_events"));
        VerifyReport proof = verify(account);
        assertThat(proof.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(proof.checks().stream().filter(check -> check.findings() > 0))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo("rejected_events");
                    assertThat(check.findings()).isEqualTo(rejected);
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {4_294_967_295L, 4_294_900_000L, 50_000_000L, 4_294_967_296L, Long.MAX_VALUE, -5})
    void a_sequence_number_out_of_its_log_moves_no_time_and_is_told_once(long number) {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            source.pumpLogs(answer -> addBeside(answer, stray -> stray.put("sequenceNumber", number)));

            SyncReport report = account.sync();

            long rejected = account.count("rejected_events");
            assertThat(rejected).isPositive();
            shown(account, report, rejected);

            account.service.pumps().get(0).advanceDays(1);
            SyncReport next = account.sync();
            assertThat(next.fetch().pumps().get(0).state()).isEqualTo(PumpFetch.State.COMPLETE);
            assertThat(new HashSet<>(times(account, "raw_events")).containsAll(truth))
                    .isTrue();
            assertThat(account.number("SELECT max(sequence_number) FROM raw_events"))
                    .isLessThan(1_000_000);
        }
    }

    @Test
    void a_sequence_group_that_no_pump_has_is_rejected() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            source.pumpLogs(answer -> addBeside(answer, stray -> stray.put("sequenceGroup", Long.MAX_VALUE)));

            SyncReport report = account.sync();

            shown(account, report, account.count("rejected_events"));
        }
    }

    @Test
    void a_log_that_goes_on_with_other_numbers_is_stored() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            source.pumpLogs(answer -> {
                for (JsonNode event : answer.withArray("events")) {
                    if (event.get("sequenceNumber").asLong() > 9_000) {
                        ((ObjectNode) event)
                                .put(
                                        "sequenceNumber",
                                        event.get("sequenceNumber").asLong() + 3_000_000_000L);
                    }
                }
            });

            account.sync();

            assertThat(account.count("rejected_events")).isZero();
            assertThat(account.count("raw_events")).isEqualTo(truth.size());
        }
    }

    @Test
    void events_of_another_pump_are_not_stored_as_this_ones() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            List<SimulatedPump> pumps = account.service.pumps();
            source.alteringLogs((path, answer) -> {
                if (path.contains(pumps.get(0).assignmentId())) {
                    for (int i = 0; i < 40; i++) {
                        int number = 2_000_000 + i;
                        addBeside(answer, stray -> stray.put("sequenceNumber", number)
                                .put("deviceAssignmentId", pumps.get(1).assignmentId()));
                    }
                }
            });

            SyncReport report = account.sync();

            shown(account, report, account.count("rejected_events"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"somebody-else", "17"})
    void events_of_an_unknown_assignment_among_others_are_not_stored(String assignment) {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            source.pumpLogs(answer ->
                    addBeside(answer, stray -> stray.put("sequenceNumber", 1).put("deviceAssignmentId", assignment)));

            SyncReport report = account.sync();

            shown(account, report, account.count("rejected_events"));
        }
    }

    @Test
    void an_answer_that_names_the_pump_differently_throughout_is_the_pumps() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            undisturbed(account);
            source.pumpLogs(answer -> {
                answer.withArray("events")
                        .forEach(event -> ((ObjectNode) event).put("deviceAssignmentId", "other name"));
                answer.withArray("clockChanges")
                        .forEach(event -> ((ObjectNode) event).put("deviceAssignmentId", "other name"));
            });

            SyncReport report = account.sync();

            assertThat(report.complete()).isTrue();
            assertThat(account.count("rejected_events")).isZero();
            assertTrue(times(account, "raw_events"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"sequenceNumber\":\"", "\"sequenceNumber\":null,\"x\":\"", "\"pumpDateTime\":NaN,\"x\":\""})
    void a_spoilt_event_stops_nothing_and_is_kept(String instead) {
        try (Account account = new Account(folder, OPTIONS)) {
            undisturbed(account);
            String odd = "{\"eventCode\":1,\"sequenceGroup\":0," + instead + "\"}";
            account.service.faults().every(RequestKind.PUMP_LOGS, new Fault.OddElement(odd), 1);

            SyncReport report = account.sync();

            shown(account, report, 2);
            assertThat(rows(account, "SELECT decode(content) FROM rejected_events")
                            .get(0))
                    .startsWith("{\"eventCode\":1,")
                    .contains(instead);
        }
    }

    @Test
    void what_cannot_be_read_at_all_costs_its_day_only() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            Account undisturbed = undisturbed(account);
            String day = rows(undisturbed, "SELECT (max(pump_timestamp)::DATE - 3)::VARCHAR FROM raw_events")
                    .get(0);
            source.texts(text -> {
                int at = text.indexOf("\"pumpDateTime\":\"" + day + "T12:");
                return at < 0 ? text : text.substring(0, at) + "\"x\":01," + text.substring(at);
            });

            SyncReport report = account.sync();

            assertThat(report.complete()).isFalse();
            assertThat(account.number(
                            "SELECT count(*) FROM raw_events WHERE pump_timestamp::DATE = DATE '" + day + "'"))
                    .isZero();
            assertThat(account.number("SELECT count(DISTINCT pump_timestamp::DATE) FROM raw_events"))
                    .isEqualTo(undisturbed.number("SELECT count(DISTINCT pump_timestamp::DATE) FROM raw_events") - 1);

            source.texts(text -> text);
            account.service.pumps().get(0).advanceDays(1);
            account.sync();
            assertThat(new HashSet<>(times(account, "raw_events")).containsAll(truth))
                    .isTrue();
        }
    }

    @Test
    void numbers_that_an_older_version_stored_are_taken_out_and_all_times_are_right_again() {
        try (Account account = new Account(folder, OPTIONS)) {
            account.sync();
            truth = times(account, "raw_events");
            String pump = account.service.pumps().get(0).serial();
            try (Database database = new DatabaseOpener().openExistingForWriting(account.databaseFile())) {
                for (long number : new long[] {Long.MAX_VALUE, 4_294_967_295L, -1}) {
                    database.execute("INSERT INTO raw_events SELECT (SELECT max(id) + 1 FROM raw_events), pump_serial,"
                            + " event_timestamp - INTERVAL 5 DAY,"
                            + " regexp_replace(raw_event_data::VARCHAR, '\"sequenceNumber\":[0-9]+', '\"sequenceNumber\":"
                            + number + "'),"
                            + " sequence_group, " + number
                            + ", event_code, pump_timestamp - INTERVAL 5 DAY, device_assignment_id, fetched_at"
                            + " FROM raw_events WHERE pump_serial = '" + pump + "' ORDER BY id DESC LIMIT 1");
                }
            }
            assertThat(new StatusService(new DatabaseOpener()).of(account.databaseFile(), Optional.empty()))
                    .isNotNull();
            assertThat(verify(account).verdict()).isNotEqualTo(Verdict.COMPLETE);

            account.sync();

            assertThat(account.count("rejected_events")).isEqualTo(3);
            assertTrue(times(account, "raw_events"));
            assertTrue(times(account, "events"));
        }
    }
}
