package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.DatabaseOpener;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Results that are many times larger than the heap, in every format. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LargeResultIT {
    private static final String HEAP = "128m";

    @TempDir
    static Path folder;

    @BeforeAll
    static void make_a_database() {
        new DatabaseOpener().openForWriting(folder.resolve("data/tandem.db")).close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # rows in the largest tables there are
            FROM range(2000000)                                               | table    | 2000001 | 1999999
            # rows as wide as raw events
            SELECT range, repeat('x', 500) AS x, 1 FROM range(300000)         | table    | 300001  | 299999
            SELECT range, repeat('x', 500) AS x, 1 FROM range(300000)         | csv      | 300001  | 299999
            SELECT range, repeat('x', 500) AS x, 1 FROM range(300000)         | json     | 300002  | ]
            SELECT range, repeat('x', 500) AS x, 1 FROM range(300000)         | jsonl    | 300000  | 299999
            SELECT range, repeat('x', 500) AS x, 1 FROM range(300000)         | markdown | 300002  | 299999
            # more than the heap in as many rows as the engine hands over at once
            SELECT range, repeat('x', 100000) AS x FROM range(2000)           | table    | 2001    | 1999
            # huge values
            SELECT range, repeat('x', 20000000) AS x, 1 FROM range(3)         | table    | 4       | 2
            SELECT range, repeat('"', 20000000) AS x, 1 FROM range(3)         | csv      | 4       | 2
            SELECT range, to_json(repeat('x', 20000000)) AS x FROM range(3)   | json     | 5       | ]
            SELECT range, repeat(chr(124), 20000000) AS x, 1 FROM range(3)         | markdown | 5       | 2
            """)
    void every_row_is_written(String sql, String format, long lines, String last)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        PackagedProgram.commandWithHeap(HEAP, "query", sql, "--format", format))
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("HOME", folder.resolve("home").toString());
        Process process = builder.start();
        long count = 0;
        String line = "";
        try (BufferedReader reader = process.inputReader()) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                count++;
                line = next;
            }
        }

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("err")).content().isEmpty();
        assertThat(process.exitValue()).isZero();
        assertThat(count).isEqualTo(lines);
        assertThat(line.substring(0, Math.min(20, line.length()))).contains(last);
    }

    @Test
    void a_value_that_does_not_fit_into_memory_is_told_in_words() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        PackagedProgram.commandWithHeap(HEAP, "query", "SELECT repeat('x', 300000000)"))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("HOME", folder.resolve("home").toString());
        Process process = builder.start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(folder.resolve("err"))
                .content()
                .contains("does not fit into memory")
                .doesNotContain("Error");
    }

    @Test
    void a_terminal_shows_the_first_thousand_rows_unless_all_are_wanted() throws IOException, InterruptedException {
        TandemProcess tandem = new TandemProcess(folder);

        assertThat(tandem.runOnTerminal("", "query", "FROM range(1500)").lines())
                .contains("  999", "Showing the first 1,000 rows. There are more: use --all to show them.")
                .doesNotContain(" 1000")
                .hasSize(1_002);
        assertThat(tandem.runOnTerminal("", "query", "FROM range(1500)", "--all")
                        .lines())
                .contains(" 1499")
                .hasSize(1_501);
    }
}
