package io.github.tandemfetch.query.format;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.query.format.Rows.COLUMNS;
import static io.github.tandemfetch.query.format.Rows.nulls;
import static io.github.tandemfetch.query.format.Rows.row;
import static io.github.tandemfetch.query.format.Rows.written;
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

    private static List<String> numberedRow(int number, String text) {
        return row(String.valueOf(number), text, "b", "true", "{}");
    }

    private static List<List<String>> rowsMeasured() {
        return IntStream.range(0, TableFormat.ROWS_MEASURED)
                .mapToObj(number -> numberedRow(number, "a"))
                .toList();
    }

    private static List<String> lines(int widestCell, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        TableFormat table = new TableFormat(text, widestCell);
        try {
            table.begin(COLUMNS);
            for (List<String> row : rows) {
                table.row(row);
            }
            table.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().lines().toList();
    }

    private static List<List<String>> measuredAnd(List<List<String>> later) {
        return Stream.concat(rowsMeasured().stream(), later.stream()).toList();
    }

    @Test
    void rows_are_written_at_once_when_the_first_have_told_how_wide_the_columns_are() throws IOException {
        StringWriter text = new StringWriter();
        TableFormat table = new TableFormat(text, TableFormat.ANY_WIDTH);
        table.begin(COLUMNS);
        for (List<String> row : rowsMeasured()) {
            table.row(row);
        }
        assertThat(text.toString().lines()).hasSize(TableFormat.ROWS_MEASURED + 1);

        table.row(numberedRow(1_000, "a"));

        assertThat(text.toString().lines())
                .hasSize(TableFormat.ROWS_MEASURED + 2)
                .endsWith("1000  a     b     true  {}");
    }

    @Test
    void a_later_value_that_is_wider_is_whole_and_moves_its_own_row_only() {
        List<String> lines = lines(
                TableFormat.ANY_WIDTH,
                measuredAnd(List.of(
                        numberedRow(1_000_000, "a"),
                        numberedRow(7, "x".repeat(200)),
                        numberedRow(8, "a"),
                        row(null, "", "", null, null))));

        assertThat(lines.get(0)).isEqualTo(" id  text  text  ok    data");
        assertThat(lines.subList(TableFormat.ROWS_MEASURED, lines.size()))
                .containsExactly(
                        "999  a     b     true  {}",
                        "1000000  a     b     true  {}",
                        "  7  " + "x".repeat(200) + "  b     true  {}",
                        "  8  a     b     true  {}",
                        "NULL              NULL  NULL");
    }

    @Test
    void a_later_value_that_is_wider_is_cut_off_where_it_is_said() {
        List<String> lines = lines(5, measuredAnd(List.of(numberedRow(7, "abcdef"), numberedRow(8, "abcde"))));

        assertThat(lines).endsWith("  7  abcd…  b     true  {}", "  8  abcde  b     true  {}");
    }

    @Test
    void one_huge_value_does_not_widen_the_other_rows() {
        List<String> lines = lines(
                TableFormat.ANY_WIDTH,
                List.of(numberedRow(1, "x".repeat(3_000_000)), numberedRow(2, "a"), numberedRow(3, "a")));

        assertThat(lines).hasSize(4).anyMatch(line -> line.contains("x".repeat(3_000_000)));
        assertThat(lines.subList(2, 4)).allMatch(line -> line.length() < 1_100);
    }

    @Test
    void wide_rows_do_not_wait_for_a_thousand_of_them() throws IOException {
        StringWriter text = new StringWriter();
        TableFormat table = new TableFormat(text, TableFormat.ANY_WIDTH);
        table.begin(COLUMNS);
        for (int number = 0; number < 5; number++) {
            table.row(numberedRow(number, "x".repeat(300_000)));
        }

        assertThat(text.toString().lines()).hasSize(6);
    }

    @Test
    void characters_are_counted_and_cut_as_a_person_sees_them() {
        assertThat(lines(5, List.of(row("1", "😀😀😀😀😀", "😀😀😀😀😀😀", "true", "{}"))))
                .endsWith(" 1  😀😀😀😀😀  😀😀😀😀…  true  {}");
        assertThat(lines(5, List.of(row("1", "a\n\n", "abc\n", "true", "{}"), row("1", "ab\n\n", "", "true", "{}"))))
                .endsWith(" 1  a\\n\\n  abc\\n  true  {}", " 1  ab\\n…         true  {}");
        assertThat(lines(TableFormat.ANY_WIDTH, List.of(row("1", "a\n😀", "b", "true", "{}"))))
                .containsExactly("id  text  text  ok    data", " 1  a\\n😀  b     true  {}");
    }
}
