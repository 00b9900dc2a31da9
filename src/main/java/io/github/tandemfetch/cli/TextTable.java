package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.format.TableFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines up columns of text. */
final class TextTable {
    private TextTable() {}

    static List<String> of(List<String> head, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try {
            TableFormat table = TableFormat.measuringAllRows(text);
            table.begin(head.stream().map(ResultColumn::text).toList());
            for (List<String> row : rows) {
                table.row(row);
            }
            table.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().lines().map(String::stripTrailing).toList();
    }
}
