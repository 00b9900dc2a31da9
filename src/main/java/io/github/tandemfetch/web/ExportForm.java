package io.github.tandemfetch.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.domain.DomainTables;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a person filled in to start an export, as it was typed; nothing is an empty text.
 *
 * @param table the name of the table
 * @param format the kind of file
 * @param dateFrom the first day, UTC
 * @param dateTo the last day, UTC
 * @param columns names of columns, with commas or spaces between
 * @param rowLimit how many rows at most
 * @param compress whether to pack the file
 */
record ExportForm(
        String table,
        String format,
        String dateFrom,
        String dateTo,
        String columns,
        String rowLimit,
        boolean compress) {
    static final ExportForm BLANK = new ExportForm(DomainTables.ALL.get(0).name(), "csv", "", "", "", "", false);

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * Reads a form as a browser sends it.
     *
     * @throws IllegalArgumentException where it is not encoded as forms are
     */
    static ExportForm parse(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : body.split("&")) {
            int end = field.contains("=") ? field.indexOf('=') : field.length();
            String value = field.substring(Math.min(end + 1, field.length()));
            fields.putIfAbsent(decoded(field.substring(0, end)), decoded(value));
        }
        return new ExportForm(
                text(fields, "table_name"),
                text(fields, "format"),
                text(fields, "date_from"),
                text(fields, "date_to"),
                text(fields, "columns"),
                text(fields, "row_limit"),
                fields.containsKey("compress"));
    }

    /** The same as a program would ask for it. */
    byte[] asJson() {
        ObjectNode body = JSON.createObjectNode();
        body.put("table_name", table);
        body.put("format", format);
        body.put("compress", compress);
        ObjectNode filters = body.putObject("filters");
        putUnlessEmpty(filters, "date_from", dateFrom);
        putUnlessEmpty(filters, "date_to", dateTo);
        if (rowLimit.matches("[0-9]{1,16}")) {
            body.put("row_limit", Long.parseLong(rowLimit));
        } else {
            putUnlessEmpty(body, "row_limit", rowLimit);
        }
        if (!columns.isEmpty()) {
            ArrayNode names = body.putArray("columns");
            for (String name : columns.split("[,\\s]+")) {
                names.add(name);
            }
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The name of the field that a fault of {@link #asJson} is in. */
    static String fieldOf(Fault fault) {
        String pointer = fault.pointer() == null ? "" : fault.pointer();
        if (pointer.startsWith("#/filters")) {
            return pointer.endsWith("date_from") ? "date_from" : "date_to";
        }
        String[] parts = pointer.split("/");
        return parts.length < 2 ? "table_name" : parts[1];
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String text(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "").strip();
    }
}
