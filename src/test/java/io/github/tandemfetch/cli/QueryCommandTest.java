package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.query.QueryRunner;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class QueryCommandTest {
    private static final String MORE = "Showing the first 1,000 rows. There are more: use --all to show them.\n";

    @TempDir
    static Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean onTerminal = true;

    @BeforeAll
    static void make_a_database() {
        new DatabaseOpener().openForWriting(database()).close();
    }

    private static Path database() {
        return folder.resolve("tandem.db");
    }

    private int query(String... arguments) {
        Environment environment = new Environment(Map.of("TANDEM_DB", database().toString()), folder, folder);
        Terminal terminal = new Terminal(environment) {
            @Override
            public boolean isOutput() {
                return onTerminal;
            }
        };
        Output output = new Output(terminal, new StandardOutput(out), err);
        QueryCommand command = new QueryCommand(
                new CommandSettings(new SettingsLoader(environment), output),
                new QueryRunner(new DatabaseOpener()),
                new ResultPrinter(output, terminal));
        CommandLine commandLine = new CommandLine(command);
        commandLine.addMixin("output", new OutputOptions());
        return new CommandLineConfiguration().configured(commandLine, output).execute(arguments);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_table_on_a_terminal_ends_after_the_first_thousand_rows_and_says_so() {
        assertThat(query("FROM range(1001)")).isZero();

        assertThat(lines()).hasSize(1_001).startsWith("range", "    0").endsWith("  999");
        assertThat(said()).isEqualTo(MORE);
    }

    @Test
    void a_table_that_is_shown_whole_says_nothing() {
        assertThat(query("FROM range(1000)")).isZero();

        assertThat(lines()).hasSize(1_001);
        assertThat(said()).isEmpty();
    }

    @Test
    void the_rest_is_announced_even_with_quiet_and_with_a_plan() {
        query("FROM range(1001)", "-q");
        assertThat(said()).isEqualTo(MORE);

        assertThat(query("EXPLAIN SELECT 1")).isZero();
        assertThat(said()).isEqualTo(MORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--all", "--limit=2500"})
    void whoever_asks_for_more_rows_gets_them(String option) {
        assertThat(query("FROM range(2500)", option)).isZero();

        assertThat(lines()).hasSize(2_501).endsWith(" 2499");
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "jsonl", "markdown"})
    void what_a_program_reads_is_whole_on_a_terminal_too(String format) {
        assertThat(query("FROM range(2500)", "--format", format)).isZero();

        assertThat(lines()).hasSizeBetween(2_500, 2_502).anyMatch(line -> line.contains("2499"));
        assertThat(said()).isEmpty();
    }

    @Test
    void a_table_that_goes_elsewhere_is_whole() {
        onTerminal = false;

        assertThat(query("FROM range(2500)")).isZero();

        assertThat(lines()).hasSize(2_501);
        assertThat(said()).isEmpty();
    }

    @Test
    void all_rows_and_a_limit_exclude_each_other() {
        assertThat(query("SELECT 1", "--all", "--limit", "5")).isEqualTo(1);

        assertThat(lines()).isEmpty();
        assertThat(said()).contains("--limit or --all");
    }

    @Test
    void a_failure_behind_the_first_rows_is_reported() {
        onTerminal = false;

        assertThat(query("SELECT repeat('x', 500) || CASE WHEN range = 250000 THEN error('bad row') ELSE range END AS x"
                        + " FROM range(300000)"))
                .isEqualTo(3);

        assertThat(said()).contains("bad row");
    }

    @Test
    void values_are_cut_off_on_a_terminal_only() {
        query("SELECT repeat('x', 81) AS x, 1 AS y");
        assertThat(lines()).endsWith("x".repeat(79) + "…  1");

        out.reset();
        onTerminal = false;
        query("SELECT repeat('x', 81) AS x, 1 AS y");
        assertThat(lines()).endsWith("x".repeat(81) + "  1");
    }
}
