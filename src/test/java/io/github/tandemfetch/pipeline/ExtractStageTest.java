package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.domain.ExtractedTable;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class ExtractStageTest {
    private static final String SENSOR_CODES = "(256, 372, 399, 480)";

    @TempDir
    static Path shared;

    /** After one sync, with more readings than are extracted at a time; each test works on a copy. */
    private static Account synced;

    private static SyncReport report;

    @TempDir
    Path folder;

    private int copies;

    @BeforeAll
    static void syncOnce() {
        synced = new Account(shared, SimulatorOptions.defaults().withDays(45).withSeed(11));
        report = synced.sync();
    }

    @AfterAll
    static void stopService() {
        synced.close();
    }

    private Account copy() throws IOException {
        return synced.copied(folder.resolve("copy" + copies++).toString());
    }

    private static void change(Account account, String... statements) {
        try (Database database = new DatabaseOpener().openExistingForWriting(account.databaseFile())) {
            List.of(statements).forEach(database::execute);
        }
    }

    private static ExtractReport extract(Account account, PipelineListener listener) {
        return account.pipeline().extract(account.settings(), DomainTables.ALL, listener);
    }

    private static ExtractReport extract(Account account) {
        return extract(account, PipelineListener.SILENT);
    }

    @Test
    void what_was_hidden_or_repeated_is_counted_again_each_time_and_nothing_is_stored() throws IOException {
        Account account = copy();
        ExtractedTable first = report.extract().tables().get(0);
        assertThat(first.hidden()).isPositive();
        assertThat(first.repeated()).isPositive();

        ExtractedTable again = extract(account).tables().get(0);

        assertThat(again.table()).isEqualTo("cgm_readings");
        assertThat(again.extracted()).isZero();
        assertThat(again.hidden()).isEqualTo(first.hidden());
        assertThat(again.repeated()).isEqualTo(first.repeated());
        assertThat(account.fingerprint()).isEqualTo(synced.fingerprint());
    }

    @Test
    void where_every_event_has_its_row_nothing_is_done_until_one_is_missing() throws IOException {
        Account account = copy();
        change(account, "DELETE FROM events WHERE event_id IN " + SENSOR_CODES + """
                 AND NOT EXISTS (SELECT 1 FROM cgm_readings WHERE cgm_readings.events_id = events.id)
                """);
        List<String> whole = account.fingerprint();
        List<String> heard = new ArrayList<>();

        ExtractReport nothing = extract(account, new PipelineListener() {
            @Override
            public void extracted(String table, long done, long total) {
                heard.add(table);
            }
        });

        assertThat(nothing.tables())
                .containsExactly(
                        new ExtractedTable("cgm_readings", 0, 0, 0, 0, List.of()),
                        new ExtractedTable("basal_deliveries", 0, 0, 0, 0, List.of()));
        assertThat(heard).isEmpty();
        assertThat(account.fingerprint()).isEqualTo(whole);

        for (String table : List.of("cgm_readings", "basal_deliveries")) {
            change(account, "DELETE FROM " + table + " WHERE id = (SELECT max(id) FROM " + table + ")");
            assertThat(extract(account).tables())
                    .extracting(ExtractedTable::extracted)
                    .containsExactly(
                            table.equals("cgm_readings") ? 1L : 0L, table.equals("basal_deliveries") ? 1L : 0L);
            assertThat(account.fingerprint()).isEqualTo(whole);
        }
    }

    @Test
    void a_row_of_an_event_that_gives_none_hides_no_event_that_lacks_its_own() throws IOException {
        Account account = copy();
        change(
                account,
                "CREATE TEMP TABLE stray AS FROM cgm_readings WHERE id = (SELECT max(id) FROM cgm_readings)",
                "DELETE FROM cgm_readings WHERE id = (SELECT id FROM stray)",
                "INSERT INTO cgm_readings SELECT * REPLACE ((SELECT min(id) FROM events WHERE event_id NOT IN "
                        + SENSOR_CODES + ") AS events_id) FROM stray",
                "UPDATE cgm_readings SET timestamp = NULL WHERE id = (SELECT id FROM stray)");

        assertThat(extract(account).tables().get(0).extracted()).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void an_extraction_that_was_cut_off_anywhere_ends_in_the_same_rows(long seed) throws IOException {
        Account account = copy();
        Random random = new Random(seed);
        long readings = account.count("cgm_readings");
        assertThat(readings).isGreaterThan(12_000);
        // Of few rows and of many, since they are not read alike.
        long kept = seed % 2 == 0 ? readings - 1 - random.nextInt(5_000) : random.nextInt(1_000);

        change(
                account,
                "DELETE FROM cgm_readings WHERE id > " + kept,
                "DELETE FROM basal_deliveries WHERE id > " + random.nextInt((int) account.count("basal_deliveries")));
        ExtractReport left = extract(account);

        assertThat(left.tables().get(0).extracted()).as("seed %d", seed).isEqualTo(readings - kept);
        assertThat(account.fingerprint()).as("seed %d", seed).isEqualTo(synced.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void rows_that_are_missing_here_and_there_are_made_again(long seed) throws IOException {
        Account account = copy();
        double share = seed % 2 == 0 ? 0.05 : 0.95;

        change(
                account,
                "DELETE FROM cgm_readings WHERE hash(id + " + seed + ") % 1000 < " + share * 1000,
                "DELETE FROM basal_deliveries WHERE hash(id + " + seed + ") % 1000 < " + share * 1000);
        extract(account);

        assertThat(account.rowsWithoutIds()).as("seed %d", seed).isEqualTo(synced.rowsWithoutIds());
    }
}
