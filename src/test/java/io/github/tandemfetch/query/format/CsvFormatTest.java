package io.github.tandemfetch.query.format;

import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.query.format.Rows.COLUMNS;
import static io.github.tandemfetch.query.format.Rows.nulls;
import static io.github.tandemfetch.query.format.Rows.row;
import static io.github.tandemfetch.query.format.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class CsvFormatTest {
    @Test
    void no_rows_are_a_header() {
        assertThat(written(CsvFormat::new, COLUMNS)).isEqualTo("id,text,text,ok,\"data\"\n");
    }

    @Test
    void what_would_break_a_record_is_quoted_and_null_is_empty() {
        assertThat(written(
                        CsvFormat::new,
                        COLUMNS,
                        row("9007199254740993", "a,b", "say \"x\"", "true", "{\"a\":1}"),
                        row("1", "two\nlines", "", " x ", "ü€😀"),
                        nulls()))
                .isEqualTo("""
                        id,text,text,ok,"data"
                        9007199254740993,"a,b","say ""x""\",true,"{""a"":1}"
                        1,"two
                        lines","", x ,"ü€😀"
                        ,,,,
                        """);
    }
}
