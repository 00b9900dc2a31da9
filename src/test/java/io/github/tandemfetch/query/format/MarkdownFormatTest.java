package io.github.tandemfetch.query.format;

import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.query.format.Rows.COLUMNS;
import static io.github.tandemfetch.query.format.Rows.nulls;
import static io.github.tandemfetch.query.format.Rows.row;
import static io.github.tandemfetch.query.format.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class MarkdownFormatTest {
    @Test
    void no_rows_are_a_header() {
        assertThat(written(MarkdownFormat::new, COLUMNS)).isEqualTo("""
                | id | text | text | ok | data |
                | ---: | --- | --- | --- | --- |
                """);
    }

    @Test
    void what_would_break_the_table_is_escaped() {
        assertThat(written(MarkdownFormat::new, COLUMNS, row("1", "a|b", "<i>", "true", "two\nlines"), nulls()))
                .endsWith("""
                        | 1 | a\\|b | &lt;i> | true | two\\nlines |
                        | NULL | NULL | NULL | NULL | NULL |
                        """);
    }
}
