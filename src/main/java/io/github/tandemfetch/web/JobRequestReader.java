package io.github.tandemfetch.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportArgumentException;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.failure.NearestName;
import io.github.tandemfetch.jobs.JobRequest;
import io.github.tandemfetch.jobs.TableDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the body that asks for a job, field by field, and gathers everything that is wrong with it. What a person sent is
 * never repeated in what is said about it.
 */
final class JobRequestReader {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS =
            Set.of("table_name", "format", "columns", "row_limit", "filters", "compress");
    private static final Set<String> FILTERS = Set.of("date_from", "date_to");
    private static final int MOST_COLUMNS = 100;
    private static final int LONGEST_NAME = 255;
    private static final long GREATEST_LIMIT = 9_007_199_254_740_991L;

    private final List<Fault> faults = new ArrayList<>();
    private final TableDirectory tables;

    /**
     * Creates a reader of one body.
     *
     * @param tables knows which tables and columns there are
     */
    JobRequestReader(TableDirectory tables) {
        this.tables = tables;
    }

    /**
     * Reads the body.
     *
     * @param body JSON
     * @return what is asked for
     * @throws InvalidRequestException with every fault of the body
     */
    JobRequest read(byte[] body) {
        JsonNode root = parse(body);
        if (!root.isObject()) {
            throw new InvalidRequestException(List.of(Fault.inBody("", "The body is a JSON object.")));
        }
        refuseUnknown(root, FIELDS, "");
        TimedTable table = table(root.get("table_name"));
        ExportFormat format = format(root.get("format"));
        List<String> columns = columns(root.get("columns"), table);
        Long rowLimit = rowLimit(root.get("row_limit"));
        DateRange days = days(root.get("filters"));
        boolean compress = compress(root.get("compress"), format);
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(faults);
        }
        return new JobRequest(table, format, columns, rowLimit, days, compress);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new InvalidRequestException(List.of(
                    Fault.inBody("", "The body is not one JSON document without repeated names" + where + ".")));
        } catch (IOException e) {
            throw new InvalidRequestException(List.of(Fault.inBody("", "The body is not text in UTF-8.")));
        }
    }

    private void refuseUnknown(JsonNode node, Set<String> known, String where) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!known.contains(name)) {
                // A name of another kind would have to be escaped, and says nothing.
                boolean plain = name.matches("[A-Za-z0-9_.-]{1,64}");
                fault(
                        plain ? where + "/" + name : where,
                        "There is no such field." + didYouMean(name, List.copyOf(known)));
            }
        }
    }

    private TimedTable table(JsonNode node) {
        if (node == null || !node.isTextual()) {
            fault("/table_name", "This is required, and the name of a table.");
            return null;
        }
        return tables.find(node.textValue()).orElseGet(() -> {
            List<String> names = tables.names();
            fault(
                    "/table_name",
                    "This is not one of " + String.join(", ", names) + "." + didYouMean(node.textValue(), names));
            return null;
        });
    }

    private ExportFormat format(JsonNode node) {
        if (node != null && node.isTextual()) {
            for (ExportFormat format : ExportFormat.values()) {
                if (format.extension().equals(node.textValue())) {
                    return format;
                }
            }
        }
        fault(
                "/format",
                "This is required, and one of " + String.join(", ", ExportFormat.names()) + "."
                        + (node == null ? "" : didYouMean(node.asText(), ExportFormat.names())));
        return null;
    }

    private List<String> columns(JsonNode node, TimedTable table) {
        if (isAbsent(node)) {
            return List.of();
        }
        if (!node.isArray() || node.isEmpty() || node.size() > MOST_COLUMNS) {
            fault("/columns", "This is null, or a list of 1 to " + MOST_COLUMNS + " names of columns.");
            return List.of();
        }
        List<String> known = table == null ? List.of() : tables.columnNames(table);
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String where = "/columns/" + i;
            String name = node.get(i).textValue();
            if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
                fault(where, "This is the name of a column.");
            } else if (!columns.add(name)) {
                fault(where, "This column is named before.");
            } else if (!known.isEmpty() && !known.contains(name)) {
                fault(where, "The table has no such column." + didYouMean(name, known));
            }
        }
        return List.copyOf(columns);
    }

    private Long rowLimit(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        // 10.0 is an integer too, as JSON Schema counts.
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (value >= 0 && value <= GREATEST_LIMIT && value == Math.rint(value)) {
            return (long) value;
        }
        fault("/row_limit", "This is null, or a whole number from 0 to " + GREATEST_LIMIT + ".");
        return null;
    }

    private DateRange days(JsonNode node) {
        if (isAbsent(node)) {
            return DateRange.ALL;
        }
        if (!node.isObject()) {
            fault("/filters", "This is null, or an object with date_from and date_to.");
            return DateRange.ALL;
        }
        refuseUnknown(node, FILTERS, "/filters");
        String from = day(node, "date_from");
        String to = day(node, "date_to");
        try {
            return DateRange.parse(from, to);
        } catch (ExportArgumentException e) {
            fault("/filters", "date_to is before date_from.");
            return DateRange.ALL;
        }
    }

    private String day(JsonNode filters, String name) {
        JsonNode node = filters.get(name);
        if (isAbsent(node)) {
            return null;
        }
        try {
            if (node.isTextual()) {
                return DateRange.parse(node.textValue(), null).start().toString();
            }
        } catch (ExportArgumentException e) {
            // Told below, like what is no text.
        }
        fault("/filters/" + name, "This is null, or a day of the calendar such as 2026-02-08, in UTC.");
        return null;
    }

    private boolean compress(JsonNode node, ExportFormat format) {
        if (isAbsent(node)) {
            return false;
        }
        if (!node.isBoolean()) {
            fault("/compress", "This is true or false.");
            return false;
        }
        if (node.booleanValue() && format != null && format.isCompressedInside()) {
            fault(
                    "/compress",
                    "The format is compressed inside; leave this out, or choose "
                            + ExportFormat.anyOf(other -> !other.isCompressedInside()) + ".");
            return false;
        }
        return node.booleanValue();
    }

    private void fault(String pointer, String detail) {
        faults.add(Fault.inBody(pointer, detail));
    }

    private static boolean isAbsent(JsonNode node) {
        return node == null || node.isNull();
    }

    private static String didYouMean(String name, List<String> known) {
        return NearestName.of(name, known)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }
}
