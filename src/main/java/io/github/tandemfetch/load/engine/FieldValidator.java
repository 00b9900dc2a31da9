package io.github.tandemfetch.load.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;

/** Validates the fields of consecutive records; a failure names the record and the field. */
final class FieldValidator {
    private static final int SHOWN = 40;
    private static final String LONE_SURROGATE = "contains a lone surrogate";

    private final JsonFactory json = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private long index = -1;

    void next() {
        index++;
    }

    <R> R required(R record) {
        if (record == null) {
            throw new InvalidRecordException(index, null, "is missing");
        }
        return record;
    }

    String text(String field, String value) {
        if (value == null) {
            throw new InvalidRecordException(index, field, "is missing");
        }
        if (hasLoneSurrogate(value)) {
            throw new InvalidRecordException(index, field, LONE_SURROGATE);
        }
        return value;
    }

    private static boolean hasLoneSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    String nonEmpty(String field, String value) {
        if (text(field, value).isEmpty()) {
            throw new InvalidRecordException(index, field, "is empty");
        }
        return value;
    }

    long time(String field, String value) {
        text(field, value);
        try {
            return UtcTime.micros(value);
        } catch (DateTimeException e) {
            throw new InvalidRecordException(
                    index, field, "is not a time such as 2024-01-15T10:30:00Z: '" + abbreviated(value) + "'");
        }
    }

    String object(String field, String value) {
        text(field, value);
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException(index, field, "is not a JSON object: " + abbreviated(value));
            }
            // Only an escape can hide half a character from the look at the text itself.
            if (value.contains("\\u")) {
                checkTexts(field, parser);
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new InvalidRecordException(index, field, "has text after the JSON object");
            }
            return value;
        } catch (IOException e) {
            throw new InvalidRecordException(index, field, "is not valid JSON: " + abbreviated(value));
        }
    }

    /** The database stores JSON with a lone surrogate but fails to read it back. */
    private void checkTexts(String field, JsonParser parser) throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            boolean text = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
            if (text && hasLoneSurrogate(parser.getText())) {
                String name = parser.currentName();
                boolean nameable = name != null && !hasLoneSurrogate(name);
                throw new InvalidRecordException(
                        index, field, (nameable ? "at '" + abbreviated(name) + "' " : "") + LONE_SURROGATE);
            }
        }
    }

    private static String abbreviated(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
