package io.github.tandemfetch.verify;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.EventRecord;
import io.github.tandemfetch.load.engine.LoadProgress;
import io.github.tandemfetch.load.engine.StorageEngine;
import io.github.tandemfetch.load.engine.StorageEngineOpener;
import io.github.tandemfetch.load.engine.TableMetadata;
import io.github.tandemfetch.load.engine.TableType;
import io.github.tandemfetch.pipeline.Account;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyReport.Check;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A sound database passes; each way of damaging it is found by the check that is there for it. */
@QuarkusTest
class VerifyServiceTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withSeed(3);

    // The tables as they are, without keys and references, so that the engine lets any damage happen.
    private static final String WITHOUT_CONSTRAINTS = """
            CREATE TABLE raw_copy AS FROM raw_events;
            CREATE TABLE event_copy AS FROM events;
            CREATE TABLE reading_copy AS FROM cgm_readings;
            CREATE TABLE delivery_copy AS FROM basal_deliveries;
            DROP TABLE cgm_readings; DROP TABLE basal_deliveries; DROP TABLE events; DROP TABLE raw_events;
            ALTER TABLE raw_copy RENAME TO raw_events;
            ALTER TABLE event_copy RENAME TO events;
            ALTER TABLE reading_copy RENAME TO cgm_readings;
            ALTER TABLE delivery_copy RENAME TO basal_deliveries;
            """;

    @TempDir
    static Path folder;

    private static Path sound;
    private static int copies;

    private final DatabaseOpener opener = new DatabaseOpener();
    private final VerifyService service = new VerifyService(opener, Clock.systemUTC());

    private Path file;

    @BeforeAll
    static void sync() {
        try (Account account = new Account(folder.resolve("sound"), OPTIONS)) {
            account.sync();
            sound = account.databaseFile();
        }
        TableMetadata facts = TableMetadata.of(TableType.EVENTS, Instant.EPOCH);
        try (StorageEngine engine = new StorageEngineOpener(new DatabaseOpener()).open(sound)) {
            engine.createEventsTable(
                    "songs",
                    List.of(new EventRecord("Played", "2026-01-01T00:00:00Z", "me", "1", "{}"))
                            .iterator(),
                    facts,
                    LoadProgress.NONE,
                    BatchSize.DEFAULT);
        }
    }

    @BeforeEach
    void copy() throws IOException {
        file = folder.resolve("copy" + copies++ + ".db");
        Files.copy(sound, file);
    }

    private void damage(String sql) {
        try (Database database = opener.openForWriting(file)) {
            for (String statement : sql.strip().split(";\\s*")) {
                database.execute(statement);
            }
        }
    }

    private VerifyReport verify() {
        return service.verify(file, 3, VerifyListener.SILENT);
    }

    private static List<String> failed(VerifyReport report) {
        return report.checks().stream()
                .filter(check -> check.outcome() != Verdict.COMPLETE)
                .map(Check::name)
                .toList();
    }

    @Test
    void a_sound_database_passes_every_check_and_is_not_changed() throws IOException {
        byte[] before = Files.readAllBytes(file);

        VerifyReport report = verify();

        assertThat(report.checks()).allSatisfy(check -> assertThat(check.findings())
                .as(check.name() + " " + check.examples())
                .isZero());
        assertThat(report.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(report.gaps().list()).isEmpty();
        assertThat(report.checks()).extracting(Check::looked).allMatch(looked -> looked > 0);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damaged("an event is gone", List.of("unparsed"), """
                        DELETE FROM events WHERE id = (SELECT min(id) FROM events
                            WHERE id NOT IN (SELECT events_id FROM cgm_readings)
                              AND id NOT IN (SELECT events_id FROM basal_deliveries))"""),
                damaged("a reading is gone", List.of("unextracted"), "DELETE FROM cgm_readings WHERE id = 5"),
                damaged("a delivery is gone", List.of("unextracted"), "DELETE FROM basal_deliveries WHERE id = 5"),
                damaged("a raw event says something else", List.of("events"), """
                        UPDATE raw_events SET raw_event_data =
                            replace(raw_event_data::VARCHAR, '"commandedRate":', '"commandedRate":1')
                        WHERE id = (SELECT min(id) FROM raw_events WHERE event_code = 279)"""),
                damaged("a raw event has another number inside", List.of("raw_events"), """
                        UPDATE raw_events SET raw_event_data =
                            replace(raw_event_data::VARCHAR, '"sequenceNumber":', '"sequenceNumber":9') WHERE id = 7"""),
                damaged("a raw event's stamp is moved", List.of("raw_events"), """
                        UPDATE raw_events SET pump_timestamp = pump_timestamp + INTERVAL 1 SECOND WHERE id = 900"""),
                damaged("an event's time is moved", List.of("events"), """
                        UPDATE events SET timestamp = timestamp + INTERVAL 1 SECOND
                        WHERE id = (SELECT max(id) FROM events WHERE event_id NOT IN (256, 399, 279))"""),
                damaged("a raw event's time is moved", List.of("events"), """
                        UPDATE raw_events SET event_timestamp = event_timestamp + INTERVAL 1 SECOND WHERE id = 8"""),
                damaged("an event's name is another", List.of("events"), """
                        UPDATE events SET event_name = 'LID_SOMETHING' WHERE id = 9"""),
                damaged("an event's data are others", List.of("events"), """
                        UPDATE events SET event_data = '{"spare": 1}'
                        WHERE id = (SELECT max(id) FROM events WHERE event_id NOT IN (256, 399, 279))"""),
                damaged("a reading is another", List.of("cgm_readings"), """
                        UPDATE cgm_readings SET cgm_reading = cgm_reading + 1
                        WHERE id = (SELECT min(id) FROM cgm_readings WHERE status = 'value')"""),
                damaged("a reading's time is moved", List.of("cgm_readings"), """
                        UPDATE cgm_readings SET timestamp = timestamp + INTERVAL 1 SECOND WHERE id = 12"""),
                damaged("a reading that no event gives", List.of("cgm_readings"), """
                        INSERT INTO cgm_readings BY NAME
                        SELECT * REPLACE (1000000 AS id, '2031-01-01T00:00:00Z'::TIMESTAMPTZ AS timestamp,
                            (SELECT min(id) FROM events WHERE event_id = 279) AS events_id)
                        FROM cgm_readings WHERE id = 1"""),
                damaged("a delivery is another", List.of("basal_deliveries"), """
                        UPDATE basal_deliveries SET commanded_basal_rate = 1 WHERE id = 4"""),
                damaged("a delivery that no event gives", List.of("basal_deliveries"), """
                        INSERT INTO basal_deliveries BY NAME
                        SELECT * REPLACE (1000000 AS id,
                            (SELECT min(id) FROM events WHERE event_id NOT IN (279, 256, 399)) AS events_id)
                        FROM basal_deliveries WHERE id = 1"""),
                damaged(
                        "the timeline is another",
                        List.of("clock_timeline", "events", "cgm_readings", "unextracted"),
                        """
                        UPDATE clock_timeline SET offset_ms = offset_ms + 1000
                        WHERE pump_serial = (SELECT max(pump_serial) FROM clock_timeline)"""),
                damaged("a raw event twice", List.of("schema", "duplicates", "unparsed"), WITHOUT_CONSTRAINTS + """
                        INSERT INTO raw_events BY NAME
                            SELECT * REPLACE ((SELECT max(id) + 1 FROM raw_events) AS id) FROM raw_events WHERE id = 5;
                        DELETE FROM clock_progress"""),
                damaged("an event twice", List.of("schema", "duplicates"), WITHOUT_CONSTRAINTS + """
                        INSERT INTO events BY NAME
                            SELECT * REPLACE ((SELECT max(id) + 1 FROM events) AS id) FROM events
                            WHERE event_id NOT IN (279, 256, 399) LIMIT 1"""),
                damaged("an event without origin", List.of("schema", "orphans"), WITHOUT_CONSTRAINTS + """
                        INSERT INTO events BY NAME
                            SELECT * REPLACE ((SELECT max(id) + 1 FROM events) AS id, -5 AS raw_events_id) FROM events
                            WHERE event_id NOT IN (279, 256, 399) LIMIT 1"""),
                damaged("a reading without origin", List.of("schema", "orphans"), WITHOUT_CONSTRAINTS + """
                        INSERT INTO cgm_readings BY NAME
                            SELECT * REPLACE (1000000 AS id, -5 AS events_id, NULL AS timestamp)
                            FROM cgm_readings LIMIT 1"""),
                damaged("a constraint is gone", List.of("schema"), WITHOUT_CONSTRAINTS),
                damaged("a line without its table", List.of("loaded_tables"), "DROP TABLE songs"),
                damaged("a table without its line", List.of("loaded_tables"), "DELETE FROM _metadata"),
                damaged("another number of rows", List.of("loaded_tables"), """
                        INSERT INTO songs VALUES ('Played', '2026-01-02', 'me', '2', '{}')"""),
                damaged("the end of a log is gone", List.of("newest_event", "clock_timeline"), """
                        CREATE TEMP TABLE lost AS SELECT id FROM raw_events
                            WHERE pump_timestamp > (SELECT max(complete_through) - INTERVAL 2 DAY FROM fetch_progress);
                        DELETE FROM cgm_readings
                            WHERE events_id IN (SELECT id FROM events WHERE raw_events_id IN (SELECT id FROM lost));
                        DELETE FROM basal_deliveries
                            WHERE events_id IN (SELECT id FROM events WHERE raw_events_id IN (SELECT id FROM lost));
                        DELETE FROM events WHERE raw_events_id IN (SELECT id FROM lost);
                        DELETE FROM raw_events WHERE id IN (SELECT id FROM lost)"""),
                damaged("an unasked gap", List.of("sequence_gaps"), WITH_A_GAP));
    }

    private static final String WITH_A_GAP = """
            CREATE TEMP TABLE lost AS SELECT id FROM raw_events
                WHERE id BETWEEN (SELECT max(id) - 309 FROM raw_events) AND (SELECT max(id) - 300 FROM raw_events);
            DELETE FROM cgm_readings
                WHERE events_id IN (SELECT id FROM events WHERE raw_events_id IN (SELECT id FROM lost));
            DELETE FROM basal_deliveries
                WHERE events_id IN (SELECT id FROM events WHERE raw_events_id IN (SELECT id FROM lost));
            DELETE FROM events WHERE raw_events_id IN (SELECT id FROM lost);
            DELETE FROM raw_events WHERE id IN (SELECT id FROM lost)""";

    private static Arguments damaged(String name, List<String> checks, String sql) {
        return Arguments.of(name, checks, sql);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damage_is_found_by_the_check_for_it(String name, List<String> checks, String sql) {
        damage(sql);

        VerifyReport report = verify();

        assertThat(failed(report))
                .as(report.checks().stream()
                        .filter(check -> check.findings() > 0)
                        .toList()
                        .toString())
                .containsExactlyInAnyOrderElementsOf(checks);
        assertThat(report.verdict()).isNotEqualTo(Verdict.COMPLETE);
        assertThat(report.checks().stream().filter(check -> check.outcome() != Verdict.COMPLETE))
                .allSatisfy(check -> {
                    assertThat(check.remedy()).isNotBlank();
                    assertThat(check.examples()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
                });
    }

    @Test
    void a_gap_is_listed_with_its_time_and_its_kind() {
        damage(WITH_A_GAP);

        VerifyReport.GapLine gap = verify().gaps().list().get(0);

        assertThat(gap.kind()).isEqualTo(GapKind.NOT_FETCHED);
        assertThat(gap.missing()).isEqualTo(10);
        assertThat(gap.lastMissing() - gap.firstMissing()).isEqualTo(9);
        assertThat(gap.pumpFrom()).isBeforeOrEqualTo(gap.pumpTo());
        assertThat(gap.from()).isBeforeOrEqualTo(gap.to());
        assertThat(gap.searchedAt()).isNull();

        // As if these events had never been stored: the service answered for the days without them.
        damage("UPDATE searched_days SET events = 0");
        VerifyReport asked = verify();
        assertThat(asked.gaps().list()).extracting(VerifyReport.GapLine::kind).containsOnly(GapKind.NEVER_UPLOADED);
        assertThat(asked.verdict()).isEqualTo(Verdict.COMPLETE);

        damage("UPDATE raw_events SET event_timestamp = (SELECT max(event_timestamp) + INTERVAL 91 DAY FROM raw_events)"
                + " WHERE id = (SELECT max(id) FROM raw_events WHERE pump_serial = '" + gap.pumpSerial() + "')");
        assertThat(verify().gaps().list())
                .extracting(VerifyReport.GapLine::kind)
                .containsOnly(GapKind.LOST_ON_PUMP);
    }

    @Test
    void a_block_that_is_not_as_it_was_written_is_damage() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long at = channel.size() / 8; at < channel.size(); at += 262_144) {
                // No zeros: the end of a block may have them anyway.
                channel.write(ByteBuffer.wrap("not as it was written".getBytes(StandardCharsets.UTF_8)), at);
            }
        }

        try {
            VerifyReport report = verify();
            assertThat(report.verdict()).isEqualTo(Verdict.DAMAGED);
            assertThat(failed(report)).contains("readable");
        } catch (DatabaseException notEvenOpened) {
            assertThat(notEvenOpened.code()).as(notEvenOpened.getMessage()).isEqualTo(DatabaseException.DAMAGED);
            assertThat(notEvenOpened.remedy()).contains("tandem restore");
        }
    }

    @Test
    void a_database_without_data_has_nothing_to_verify_and_one_of_an_older_schema_has_to_be_brought_up_to_date() {
        Path empty = folder.resolve("empty.db");
        opener.openForWriting(empty).close();

        TandemException nothing =
                catchThrowableOfType(TandemException.class, () -> service.verify(empty, 3, VerifyListener.SILENT));
        assertThat(nothing).hasMessageContaining("nothing to verify");
        assertThat(nothing.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND);

        damage("DELETE FROM schema_version WHERE version > 1");
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, this::verify);
        assertThat(failure.code()).isEqualTo("DATABASE_TOO_OLD");
    }
}
