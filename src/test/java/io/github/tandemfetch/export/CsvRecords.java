package io.github.tandemfetch.export;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads CSV as strictly as RFC 4180 writes it down; a field that is empty and not quoted is null. */
final class CsvRecords {
    private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*+)\"|([^\",\r\n]*+))(,|\n)");

    private CsvRecords() {}

    static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        Matcher field = FIELD.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!field.find(at) || field.start() != at) {
                throw new AssertionError("No RFC 4180 at character " + at + ": " + text.substring(at));
            }
            record.add(value(field));
            if (!field.group(3).equals(",")) {
                records.add(record);
                record = new ArrayList<>();
            }
            at = field.end();
        }
        if (!record.isEmpty()) {
            throw new AssertionError("The last record does not end: " + record);
        }
        return records;
    }

    private static String value(Matcher field) {
        if (field.group(1) != null) {
            return field.group(1).replace("\"\"", "\"");
        }
        return field.group(2).isEmpty() ? null : field.group(2);
    }
}
