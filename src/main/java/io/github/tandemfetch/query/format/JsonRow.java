package io.github.tandemfetch.query.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes a row as a JSON object on one line. Duplicate column names stay; numbers keep all their digits; infinity and
 * NaN are null, as in an export.
 */
final class JsonRow {
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();
    private final List<ResultColumn> columns;

    JsonRow(List<ResultColumn> columns) {
        this.columns = columns;
    }

    void write(List<String> values, Writer out) throws IOException {
        try (JsonGenerator object = json.createGenerator(out)) {
            object.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                object.writeFieldName(columns.get(i).name());
                write(object, columns.get(i).kind(), values.get(i));
            }
            object.writeEndObject();
        }
    }

    private static void write(JsonGenerator object, ValueKind kind, String value) throws IOException {
        if (value == null) {
            object.writeNull();
        } else if (kind == ValueKind.TEXT) {
            object.writeString(value);
        } else if (kind == ValueKind.BOOLEAN) {
            object.writeBoolean(Boolean.parseBoolean(value));
        } else if (kind == ValueKind.NUMBER) {
            writeNumber(object, value);
        } else {
            new CompactJson(value).write(object);
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
}
