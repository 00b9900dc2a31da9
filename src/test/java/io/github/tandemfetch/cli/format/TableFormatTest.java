package io.github.tandemfetch.cli.format;

import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.cli.format.Rows.COLUMNS;
import static io.github.tandemfetch.cli.format.Rows.nulls;
import static io.github.tandemfetch.cli.format.Rows.row;
import static io.github.tandemfetch.cli.format.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class TableFormatTest {
    @Test
    void no_rows_are_a_header() {
        assertThat(written(out -> new TableFormat(out, 80), COLUMNS)).isEqualTo("id  text  text  ok  data\n");
    }

    @Test
    void columns_line_up_and_numbers_stand_to_the_right() {
        assertThat(written(
                        out -> new TableFormat(out, 80),
                        COLUMNS,
                        row("9007199254740993", "ü", "b", "true", "{}"),
                        nulls()))
                .isEqualTo("""
                                      id  text  text  ok    data
                        9007199254740993  ü     b     true  {}
                                    NULL  NULL  NULL  NULL  NULL
                        """);
    }

    @Test
    void what_would_move_the_cursor_is_written_out() {
        assertThat(written(out -> new TableFormat(out, 80), COLUMNS, row("1", "a\nb\u001b[2J", "\u202e", "true", "{}")))
                .contains("a\\nb\\u001b[2J", "\\u202e")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void values_are_cut_off_only_where_it_is_said() {
        assertThat(written(out -> new TableFormat(out, 5), COLUMNS, row("1", "abcdef", "abcde", "true", "{}")))
                .contains("abcd…  abcde");
        assertThat(written(
                        out -> new TableFormat(out, Integer.MAX_VALUE),
                        COLUMNS,
                        row("1", "x".repeat(5_000), "", "true", "{}")))
                .contains("x".repeat(5_000));
    }
}
