package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.github.tandemfetch.query.format.Rows.COLUMNS;
import static io.github.tandemfetch.query.format.Rows.nulls;
import static io.github.tandemfetch.query.format.Rows.row;
import static io.github.tandemfetch.query.format.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class JsonFormatTest {
    @Test
    void no_rows_are_an_empty_array() {
        assertThat(written(JsonFormat::new, COLUMNS)).isEqualTo("[]\n");
    }

    @Test
    void values_keep_their_digits_their_types_and_equal_names() {
        assertThat(written(
                        JsonFormat::new,
                        COLUMNS,
                        row("9007199254740993", "a\"b\n", "", "true", "{\"a\":[1.50,123456789012345678901234567890]}"),
                        nulls()))
                .isEqualTo("""
                        [
                        {"id":9007199254740993,"text":"a\\"b\\n","text":"","ok":true,"data":{"a":[1.50,123456789012345678901234567890]}},
                        {"id":null,"text":null,"text":null,"ok":null,"data":null}
                        ]
                        """);
    }

    @Test
    void what_is_no_number_in_json_is_null() {
        List<ResultColumn> columns = List.of(
                new ResultColumn("d", "DOUBLE", ValueKind.NUMBER), new ResultColumn("j", "STRUCT", ValueKind.JSON));

        assertThat(written(JsonFormat::new, columns, row("nan", "{\"n\":NaN}"), row("-inf", "[Infinity,1e300]")))
                .isEqualTo("""
                        [
                        {"d":null,"j":{"n":null}},
                        {"d":null,"j":[null,1e300]}
                        ]
                        """);
    }

    @Test
    void a_document_is_brought_into_one_line_and_is_otherwise_what_was_stored() {
        List<ResultColumn> columns = List.of(new ResultColumn("j", "JSON", ValueKind.JSON));

        assertThat(written(
                        JsonFormat::new,
                        columns,
                        row("{\n  \"a b\" : [ 1 , -2.50e+10,\t{ } ],\r\n  \"t\": true, \"n\": null\n}"),
                        row("\"NaN, \\\" Infinity\\\\\""),
                        row("[false,\"\",-Infinity,NaN,\"ü\\u00fc😀\"]"),
                        row("-0"),
                        row("{\"a\":1,\"a\":2}")))
                .isEqualTo("""
                        [
                        {"j":{"a b":[1,-2.50e+10,{}],"t":true,"n":null}},
                        {"j":"NaN, \\" Infinity\\\\"},
                        {"j":[false,"",null,null,"ü\\u00fc😀"]},
                        {"j":-0},
                        {"j":{"a":1,"a":2}}
                        ]
                        """);
    }
}
