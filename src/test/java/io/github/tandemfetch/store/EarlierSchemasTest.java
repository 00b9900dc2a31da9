package io.github.tandemfetch.store;

import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.pipeline.Account;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A database of each earlier schema is brought up to date, and its tables are those of a new one. */
@QuarkusTest
class EarlierSchemasTest {
    @TempDir
    static Path folder;

    private static Account account;

    @BeforeAll
    static void sync() {
        account = new Account(folder.resolve("new"), SimulatorOptions.defaults().withDays(4));
        account.sync();
    }

    @AfterAll
    static void close() {
        account.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void a_database_of_each_version_becomes_a_current_one(int version) throws Exception {
        Account old = account.elsewhere("version-" + version);
        make(old.databaseFile(), version);

        old.pipeline().parse(old.settings(), PipelineListener.SILENT);
        old.pipeline().extract(old.settings(), DomainTables.ALL, PipelineListener.SILENT);

        assertThat(rows(old.databaseFile())).isNotEmpty().isEqualTo(rows(account.databaseFile()));
        assertThat(new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                        .verify(old.databaseFile(), 5, new VerifyListener() {})
                        .checks())
                .noneMatch(check -> check.outcome() == Verdict.DAMAGED);
    }

    /** The raw events and what was noted of the fetch, in the tables of that version. */
    private static void make(Path file, int version) throws Exception {
        Files.createDirectories(file.getParent());
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", DatabaseOpener.FILE_FORMAT);
        new DuckDBDriver().connect("jdbc:duckdb:" + file, properties).close();
        try (Database database = new DatabaseOpener().openWithoutMigration(file)) {
            new Migrations().migrate(database, version);
            database.execute("ATTACH '" + account.databaseFile() + "' AS new (READ_ONLY)");
            for (String table : List.of("raw_events", "clock_zone", "fetch_progress")) {
                copy(database, table);
            }
            database.execute("DETACH new");
        }
    }

    private static void copy(Database database, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        database.forEach("""
                SELECT column_name FROM duckdb_columns() WHERE table_name = ?
                GROUP BY column_name HAVING count(*) = 2
                """, row -> columns.add(row.getString(1)), table);
        String names = String.join(", ", columns);
        database.execute(
                "INSERT INTO " + table + " (" + names + ") SELECT " + names + " FROM new." + table + " ORDER BY ALL");
    }

    private static List<String> rows(Path file) {
        List<String> rows = new ArrayList<>();
        try (Database database = new DatabaseOpener().openForReading(file)) {
            for (String table : DomainTables.ALL.stream().map(t -> t.name()).toList()) {
                database.forEach(
                        "SELECT row::VARCHAR FROM (SELECT COLUMNS(* EXCLUDE (id, events_id)) FROM " + table
                                + ") row ORDER BY 1",
                        row -> rows.add(table + row.getString(1)));
            }
        }
        return rows;
    }
}
