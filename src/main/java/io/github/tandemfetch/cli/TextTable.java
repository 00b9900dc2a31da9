package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.format.PrintableText;
import java.util.ArrayList;
import java.util.List;

/** Lines up columns of text. */
final class TextTable {
    private TextTable() {}

    static List<String> of(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        for (List<String> row : rows) {
            all.add(row.stream().map(PrintableText::line).toList());
        }
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
