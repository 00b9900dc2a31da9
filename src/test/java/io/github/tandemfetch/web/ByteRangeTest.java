package io.github.tandemfetch.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-9, 0, 10",
        "bytes=0-99, 0, 10",
        "bytes=9-, 9, 1",
        "bytes=-3, 7, 3",
        "bytes=-99, 0, 10",
        "bytes= 2-3 , 2, 2"
    })
    void a_range_is_cut_to_the_file(String header, long offset, long length) {
        assertThat(ByteRange.parse(header, 10)).contains(new ByteRange(offset, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"})
    void a_range_beyond_the_end_is_told_apart(String header) {
        assertThat(ByteRange.parse(header, 10))
                .hasValueSatisfying(range -> assertThat(range.isBeyond()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "lines=1-2",
                "bytes=a-b",
                "bytes=--1",
                "bytes=99999999999999999999-"
            })
    void what_is_not_one_range_means_the_whole_file(String header) {
        assertThat(ByteRange.parse(header, 10)).isEmpty();
    }

    @Test
    void an_empty_file_has_no_ranges() {
        assertThat(ByteRange.parse("bytes=0-", 0).orElseThrow().isBeyond()).isTrue();
        assertThat(ByteRange.parse("bytes=-5", 0).orElseThrow().isBeyond()).isTrue();
        assertThat(ByteRange.parse(null, 0)).isEmpty();
    }
}
