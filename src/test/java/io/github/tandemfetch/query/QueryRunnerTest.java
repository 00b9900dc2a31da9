package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QueryRunnerTest {
    private final DatabaseOpener opener = new DatabaseOpener();
    private final QueryRunner queries = new QueryRunner(opener);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fill() throws IOException {
        file = folder.resolve("tandem.db");
        try (Database database = opener.openForWriting(file)) {
            database.execute("CREATE TABLE numbers AS SELECT range AS i, 'n' || range AS name FROM range(1000)");
            database.execute("CREATE TABLE few AS SELECT range AS i, 'n' || range % 3 AS name FROM range(9)");
        }
        Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    }

    private CollectedRows run(QueryRequest request) {
        CollectedRows rows = new CollectedRows();
        queries.run(file, request, rows);
        return rows;
    }

    private CollectedRows run(String sql) {
        return run(new QueryRequest(sql, Map.of(), OptionalLong.empty(), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS x",
                "select 1 as x;",
                "  SELECT 1 AS x ;; ",
                "SELECT 1 AS x -- a comment",
                "SELECT 1 AS x; -- a comment behind",
                "/* before */ SELECT 1 AS x /* after */;",
                "WITH one AS (SELECT 1 AS x) FROM one",
                "FROM (VALUES (1)) AS t(x)",
                "SELECT 1 AS x UNION SELECT 1 ORDER BY x LIMIT 1"
            })
    void one_statement_that_reads_is_run_however_it_is_written(String sql) {
        CollectedRows rows = run(sql);

        assertThat(rows.names()).containsExactly("x");
        assertThat(rows.rows()).containsExactly(List.of("1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DESCRIBE numbers",
                "DESCRIBE SELECT 1",
                "SHOW TABLES",
                "SHOW ALL TABLES",
                "SUMMARIZE numbers",
                "SUMMARIZE SELECT i FROM numbers",
                "FROM numbers",
                "TABLE numbers",
                "VALUES (1), (2)",
                "FROM pragma_table_info('numbers')",
                "FROM duckdb_columns()"
            })
    void what_describes_and_lists_is_reading_too(String sql) {
        assertThat(run(sql).rows()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PIVOT few ON name USING sum(i)",
                " -- first\nPIVOT few ON name USING sum(i) ; ",
                "PIVOT few ON name IN ('n0', 'n1', 'n2') USING sum(i);",
                "WITH part AS (FROM few) PIVOT part ON name USING sum(i) -- last",
                "FROM (PIVOT few ON name USING sum(i))"
            })
    void rows_are_turned_into_columns(String sql) {
        CollectedRows rows = run(sql);

        assertThat(rows.names()).containsExactly("n0", "n1", "n2");
        assertThat(rows.rows()).containsExactly(List.of("9", "12", "15"));
        assertThat(run(new QueryRequest(sql, Map.of(), OptionalLong.of(0), null))
                        .rows())
                .isEmpty();
    }

    @Test
    void columns_are_turned_into_rows() {
        assertThat(run("UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b").rows())
                .containsExactly(List.of("a", "1"), List.of("b", "2"));
    }

    @Test
    void columns_that_are_still_to_be_found_and_parameters_do_not_go_together() {
        DatabaseException failure = catchThrowableOfType(
                DatabaseException.class,
                () -> run(new QueryRequest(
                        "FROM (PIVOT few ON name USING sum(i)) WHERE n0 > $low",
                        Map.of("low", "3"),
                        OptionalLong.empty(),
                        null)));
        assertThat(failure.remedy()).contains("IN (");
        QueryFailedException inTheSource = catchThrowableOfType(
                QueryFailedException.class, () -> run("PIVOT (FROM few WHERE i > $low) ON name USING sum(i)"));
        assertThat(inTheSource.getMessage()).doesNotContain("\n");
        assertThat(inTheSource.remedy()).contains("IN (");

        assertThat(run(new QueryRequest(
                                "PIVOT (FROM few WHERE i > $low) ON name IN ('n0') USING sum(i)",
                                Map.of("low", "3"),
                                OptionalLong.empty(),
                                null))
                        .rows())
                .containsExactly(List.of("6"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN SELECT sum(i) FROM numbers",
                "explain from numbers",
                "/* how */ EXPLAIN ANALYZE SELECT sum(i) FROM numbers;",
                "EXPLAIN (FORMAT json) FROM numbers",
                "EXPLAIN (SELECT i FROM numbers)",
                "EXPLAIN PIVOT few ON name USING sum(i)",
                "EXPLAIN WITH part AS (FROM numbers) FROM part"
            })
    void a_plan_is_told_line_by_line(String sql) {
        CollectedRows plan = run(sql);

        assertThat(plan.names()).containsExactly("plan");
        assertThat(plan.rows()).hasSizeGreaterThan(1);
        assertThat(plan.rows().toString()).containsAnyOf("numbers", "few");
        assertThat(run(new QueryRequest(sql, Map.of(), OptionalLong.of(1), null))
                        .rows())
                .hasSize(1);
    }

    @Test
    void a_plan_takes_parameters() {
        assertThat(run(new QueryRequest(
                                "EXPLAIN ANALYZE FROM numbers WHERE i < $low",
                                Map.of("low", "3"),
                                OptionalLong.empty(),
                                null))
                        .rows())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN",
                "EXPLAIN ANALYZE",
                "EXPLAIN DELETE FROM numbers",
                "EXPLAIN ANALYZE DELETE FROM numbers",
                "EXPLAIN INSERT INTO numbers VALUES (1, 'x')",
                "EXPLAIN CREATE TEMP TABLE t AS SELECT 1",
                "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
                "EXPLAIN COPY numbers TO 'out.csv'",
                "EXPLAIN ANALYZE COPY numbers TO 'out.csv'",
                "EXPLAIN (ANALYZE) COPY numbers TO 'out.csv'",
                "EXPLAIN SELECT 1; DROP TABLE numbers",
                "EXPLAIN ANALYZE SELECT 1; SELECT 2",
                "DROP TABLE numbers; EXPLAIN SELECT 1",
                "EXPLAIN (FORMAT json) DROP TABLE numbers",
                "EXPLAIN EXPLAIN SELECT 1",
                "EXPLAIN ATTACH ':memory:' AS m",
                "EXPLAIN ANALYZE SELECT * FROM read_csv('/etc/passwd')",
                "PIVOT few ON name USING sum(i); DROP TABLE numbers",
                "DROP TABLE numbers; PIVOT few ON name USING sum(i)",
                "SET VARIABLE x = 1; PIVOT few ON name USING sum(i)",
                "PIVOT few ON name USING sum(i)) AS a; DROP TABLE numbers; SELECT * FROM (SELECT 1",
                "PIVOT few ON name USING sum(i)) AS a, (SELECT 1",
                "INSERT INTO numbers PIVOT few ON name USING sum(i)",
                "CREATE TEMP TABLE t AS PIVOT few ON name USING sum(i)",
                "CREATE VIEW v AS FROM (PIVOT few ON name USING sum(i))",
                "COPY (PIVOT few ON name USING sum(i)) TO 'out.csv'",
                "PREPARE p AS PIVOT few ON name USING sum(i)",
                "WITH gone AS (DELETE FROM numbers RETURNING *) PIVOT gone ON name USING count(*)",
                "WITH a AS (PIVOT few ON name USING sum(i)) DELETE FROM numbers",
                "PIVOT (FROM read_csv('/etc/passwd')) ON column0 USING count(*)",
                "PIVOT (FROM glob('/*')) ON file USING count(*)",
                "PRAGMA table_info('numbers')",
                "PRAGMA enable_profiling",
                "CALL pragma_table_info('numbers')"
            })
    void what_hides_behind_a_plan_or_a_pivot_is_refused_and_nothing_changes(String sql) throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThat(catchThrowableOfType(DatabaseException.class, () -> run(sql)))
                .isInstanceOfAny(DatabaseException.class, QueryFailedException.class)
                .extracting(DatabaseException::exitStatus)
                .isEqualTo(ExitStatus.INVALID_USAGE);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThat(run("SELECT count(*), sum(i) FROM numbers").rows()).containsExactly(List.of("1000", "499500"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                ";",
                "-- nothing",
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE numbers",
                "INSERT INTO numbers VALUES (1, 'x')",
                "UPDATE numbers SET i = 1",
                "DELETE FROM numbers",
                "DROP TABLE numbers",
                "CREATE TABLE t (i INTEGER)",
                "CREATE TEMP TABLE t AS SELECT 1",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "ALTER TABLE numbers ADD COLUMN x INTEGER",
                "COPY numbers TO 'out.csv'",
                "COPY (SELECT 1) TO 'out.csv'",
                "EXPORT DATABASE 'out'",
                "ATTACH 'other.db'",
                "ATTACH ':memory:' AS m",
                "DETACH tandem",
                "USE memory",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET threads = 4",
                "SET enable_external_access = true",
                "RESET threads",
                "PRAGMA database_size",
                "CALL pragma_version()",
                "CHECKPOINT",
                "VACUUM",
                "BEGIN",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "SET VARIABLE x = 1",
                "WITH gone AS (DELETE FROM numbers RETURNING *) SELECT * FROM gone",
                "WITH new AS (INSERT INTO numbers VALUES (1, 'x') RETURNING *) SELECT * FROM new",
                "SELECT * FROM read_csv('secret.csv')",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM glob('*')",
                "SELECT * FROM read_parquet('https://example.org/x.parquet')",
                "SELECT * FROM sniff_csv('secret.csv')"
            })
    void anything_else_is_refused_and_nothing_changes(String sql) {
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> run(sql));

        assertThat(failure.code()).isEqualTo("QUERY_REFUSED");
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
        assertThat(run("SELECT count(*), sum(i) FROM numbers").rows()).containsExactly(List.of("1000", "499500"));
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void files_cannot_be_read_by_their_names_alone_nor_can_the_database_itself() throws IOException {
        assertThatThrownBy(() -> run("SELECT * FROM '" + folder.resolve("secret.csv") + "'"))
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> run("SELECT * FROM read_csv('" + folder.resolve("secret.csv") + "')"))
                .hasFieldOrPropertyWithValue("code", "QUERY_REFUSED");
        assertThatThrownBy(() -> run("SELECT octet_length(content) FROM read_blob('" + file + "')"))
                .hasFieldOrPropertyWithValue("code", "QUERY_REFUSED");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void names_of_columns_are_kept_even_when_they_are_equal_or_strange() {
        CollectedRows rows = run("SELECT 1 AS a, 2 AS a, 3 AS \"A\", 4 AS \"x\"\"y z\", 5");

        assertThat(rows.names()).containsExactly("a", "a", "A", "x\"y z", "5");
        assertThat(rows.rows()).containsExactly(List.of("1", "2", "3", "4", "5"));
    }

    @Test
    void no_rows_still_have_columns() {
        CollectedRows rows = run("SELECT i, name FROM numbers WHERE false");

        assertThat(rows.names()).containsExactly("i", "name");
        assertThat(rows.rows()).isEmpty();
    }

    @Test
    void every_type_comes_out_right() {
        CollectedRows rows = run("""
                SELECT 9007199254740993, 170141183460469231731687303715884105727::HUGEINT,
                    12345678901234567890.123456789::DECIMAL(38, 9), 1.5::DOUBLE, true, NULL,
                    TIMESTAMP '2024-01-15 10:30:00.123456', TIMESTAMPTZ '2024-01-15 10:30:00+05',
                    DATE '2024-01-15', TIME '10:30:00', INTERVAL 90 MINUTE, 'it''s', '{"a": [1, 2.50]}'::JSON,
                    {'d': 1.10::DECIMAL(30, 20), 'b': 9007199254740993}, [1, NULL], MAP {'k': 1}, '\\xAA'::BLOB,
                    TIMESTAMPTZ 'infinity'
                """);

        assertThat(rows.rows().get(0))
                .containsExactly(
                        "9007199254740993",
                        "170141183460469231731687303715884105727",
                        "12345678901234567890.123456789",
                        "1.5",
                        "true",
                        null,
                        "2024-01-15T10:30:00.123456",
                        "2024-01-15T05:30:00.000000+00:00",
                        "2024-01-15",
                        "10:30:00",
                        "01:30:00",
                        "it's",
                        "{\"a\": [1, 2.50]}",
                        "{\"d\":1.10000000000000000000,\"b\":9007199254740993}",
                        "[1,null]",
                        "{\"k\":1}",
                        "\\xAA",
                        "infinity");
        assertThat(rows.columns().stream().map(ResultColumn::kind))
                .startsWith(ValueKind.NUMBER, ValueKind.NUMBER, ValueKind.NUMBER, ValueKind.NUMBER, ValueKind.BOOLEAN)
                .endsWith(
                        ValueKind.JSON, ValueKind.JSON, ValueKind.JSON, ValueKind.JSON, ValueKind.TEXT, ValueKind.TEXT);
    }

    @Test
    void rows_keep_the_order_that_was_asked_for() {
        List<List<String>> rows =
                run("SELECT i FROM range(300000) t(i) ORDER BY i DESC").rows();

        assertThat(rows).hasSize(300_000);
        assertThat(rows.get(0)).containsExactly("299999");
        assertThat(rows.get(299_999)).containsExactly("0");
    }

    @Test
    void parameters_are_values_and_never_sql() {
        QueryRequest request = new QueryRequest(
                "SELECT $text AS t, i FROM numbers WHERE i > $low AND name <> $text ORDER BY i; -- end",
                Map.of("low", "990", "text", "'; DROP TABLE numbers; --"),
                OptionalLong.of(2),
                null);

        assertThat(run(request).rows())
                .containsExactly(
                        List.of("'; DROP TABLE numbers; --", "991"), List.of("'; DROP TABLE numbers; --", "992"));
        assertThatThrownBy(() -> run(new QueryRequest("SELECT $a", Map.of("b", "1"), OptionalLong.empty(), null)))
                .isInstanceOf(QueryFailedException.class);
        assertThatThrownBy(() -> run("SELECT $a")).isInstanceOf(QueryFailedException.class);
    }

    @Test
    void a_limit_bounds_the_rows() {
        assertThat(run(new QueryRequest("FROM numbers ORDER BY i DESC", Map.of(), OptionalLong.of(3), null))
                        .rows())
                .containsExactly(List.of("999", "n999"), List.of("998", "n998"), List.of("997", "n997"));
        assertThat(run(new QueryRequest("FROM numbers", Map.of(), OptionalLong.of(0), null))
                        .rows())
                .isEmpty();
    }

    @Test
    void a_limit_bounds_many_rows_as_well() {
        List<List<String>> rows = run(new QueryRequest("FROM range(300000)", Map.of(), OptionalLong.of(123_456), null))
                .rows();

        assertThat(rows).hasSize(123_456).endsWith(List.of("123455"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error('bad row')",
                "CAST('bad row' AS INTEGER)",
            })
    void a_failure_behind_many_rows_is_never_taken_for_their_end(String failing) {
        CollectedRows rows = new CollectedRows();

        assertThatThrownBy(() -> queries.run(
                        file,
                        new QueryRequest(
                                "SELECT repeat('x', 500) || CASE WHEN range = 250000 THEN " + failing
                                        + " ELSE range END FROM range(300000)",
                                Map.of(),
                                OptionalLong.empty(),
                                null),
                        rows))
                .isInstanceOf(QueryFailedException.class)
                .hasMessageContaining("bad row");
        assertThat(rows.rows()).isNotEmpty();
    }

    @Test
    void a_query_whose_rows_take_too_long_is_stopped_in_the_middle() {
        AtomicLong rows = new AtomicLong();

        QueryFailedException failure = catchThrowableOfType(
                QueryFailedException.class,
                () -> queries.run(
                        file,
                        new QueryRequest(
                                "SELECT a.range + b.range FROM range(10000000) a, range(10000000) b",
                                Map.of(),
                                OptionalLong.empty(),
                                Duration.ofSeconds(1)),
                        new RowSink() {
                            @Override
                            public void begin(List<ResultColumn> columns) {
                                // Only the rows are counted.
                            }

                            @Override
                            public void row(List<String> values) {
                                rows.incrementAndGet();
                            }
                        }));

        assertThat(failure.code()).isEqualTo("QUERY_TIMEOUT");
        assertThat(rows).hasPositiveValue();
    }

    @Test
    void a_query_that_takes_too_long_is_stopped() {
        QueryFailedException failure = catchThrowableOfType(
                QueryFailedException.class,
                () -> run(new QueryRequest(
                        "SELECT sum(hash(a.range + b.range)) FROM range(10000000) a, range(10000000) b",
                        Map.of(),
                        OptionalLong.empty(),
                        Duration.ofMillis(300))));

        assertThat(failure.code()).isEqualTo("QUERY_TIMEOUT");
    }

    @Test
    void a_pivot_that_takes_too_long_is_stopped() {
        QueryFailedException failure = catchThrowableOfType(
                QueryFailedException.class,
                () -> run(new QueryRequest(
                        "PIVOT (SELECT hash(a.range + b.range) % 3 AS h FROM range(10000000) a, range(10000000) b)"
                                + " ON h USING count(*)",
                        Map.of(), OptionalLong.empty(), Duration.ofMillis(300))));

        assertThat(failure.code()).isEqualTo("QUERY_TIMEOUT");
    }

    @Test
    void what_is_wrong_is_said_with_the_exit_code_of_its_kind() {
        QueryFailedException table =
                catchThrowableOfType(QueryFailedException.class, () -> run("SELECT * FROM numbres"));
        assertThat(table.code()).isEqualTo("TABLE_NOT_FOUND");
        assertThat(table.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND);
        assertThat(table.remedy()).contains("numbers");

        assertThat(catchThrowableOfType(QueryFailedException.class, () -> run("SELECT nothing FROM numbers"))
                        .exitStatus())
                .isEqualTo(ExitStatus.INVALID_USAGE);
        assertThat(catchThrowableOfType(QueryFailedException.class, () -> run("SELEC 1"))
                        .exitStatus())
                .isEqualTo(ExitStatus.INVALID_USAGE);
        QueryFailedException value =
                catchThrowableOfType(QueryFailedException.class, () -> run("SELECT name::INTEGER FROM numbers"));
        assertThat(value).hasMessageContaining("Could not convert string 'n0'");
        assertThat(value.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE);
    }
}
