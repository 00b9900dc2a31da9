package io.github.tandemfetch.query.format;

import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.query.format.Rows.COLUMNS;
import static io.github.tandemfetch.query.format.Rows.nulls;
import static io.github.tandemfetch.query.format.Rows.row;
import static io.github.tandemfetch.query.format.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesFormatTest {
    @Test
    void no_rows_are_no_lines() {
        assertThat(written(JsonLinesFormat::new, COLUMNS)).isEmpty();
    }

    @Test
    void a_row_is_a_line_even_where_its_json_has_several() {
        assertThat(written(JsonLinesFormat::new, COLUMNS, row("1", "a\nb", "c", "false", "{\n  \"a\": 1\n}"), nulls()))
                .isEqualTo("""
                        {"id":1,"text":"a\\nb","text":"c","ok":false,"data":{"a":1}}
                        {"id":null,"text":null,"text":null,"ok":null,"data":null}
                        """);
    }
}
