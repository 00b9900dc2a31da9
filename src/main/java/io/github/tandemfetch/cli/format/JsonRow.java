package io.github.tandemfetch.cli.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.tandemfetch.store.query.ResultColumn;
import io.github.tandemfetch.store.query.ValueKind;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/**
 * Writes a row as a JSON object in one line. Columns with equal names stand there with equal names; numbers keep all
 * their digits; what JSON has no number for, such as infinity, is null, as it is in an export.
 */
final class JsonRow {
    private final com.fasterxml.jackson.core.JsonFactory json = com.fasterxml.jackson.core.JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(com.fasterxml.jackson.core.StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();
    private final List<ResultColumn> columns;

    JsonRow(List<ResultColumn> columns) {
        this.columns = columns;
    }

    String of(List<String> values) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator object = json.createGenerator(text)) {
            object.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                object.writeFieldName(columns.get(i).name());
                write(object, columns.get(i).kind(), values.get(i));
            }
            object.writeEndObject();
        }
        return text.toString();
    }

    private void write(JsonGenerator object, ValueKind kind, String value) throws IOException {
        if (value == null) {
            object.writeNull();
        } else if (kind == ValueKind.TEXT) {
            object.writeString(value);
        } else if (kind == ValueKind.BOOLEAN) {
            object.writeBoolean(Boolean.parseBoolean(value));
        } else if (kind == ValueKind.NUMBER) {
            writeNumber(object, value);
        } else {
            copy(object, value);
        }
    }

    private static void writeNumber(JsonGenerator object, String value) throws IOException {
        char last = value.charAt(value.length() - 1);
        if (last >= '0' && last <= '9') {
            object.writeNumber(value);
        } else {
            object.writeNull();
        }
    }

    // What was stored may be spread over several lines.
    private void copy(JsonGenerator object, String value) throws IOException {
        try (JsonParser parser = json.createParser(value)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    writeNumber(object, parser.getText());
                } else {
                    object.copyCurrentEvent(parser);
                }
            }
        }
    }
}
