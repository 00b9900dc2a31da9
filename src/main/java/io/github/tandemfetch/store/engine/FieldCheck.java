package io.github.tandemfetch.store.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;

/** Checks the fields of one record after the other; a failure names the record and the field. */
final class FieldCheck {
    private static final int SHOWN = 40;

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

    <R> R present(R record) {
        if (record == null) {
            throw new InvalidRecordException(index, null, "is missing");
        }
        return record;
    }

    String text(String field, String value) {
        if (value == null) {
            throw new InvalidRecordException(index, field, "is missing");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    throw new InvalidRecordException(index, field, "has half a character (a lone surrogate)");
                }
                i++;
            }
        }
        return value;
    }

    String filled(String field, String value) {
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
                    index, field, "is no time such as 2024-01-15T10:30:00Z: '" + shown(value) + "'");
        }
    }

    String object(String field, String value) {
        text(field, value);
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException(index, field, "is no JSON object: " + shown(value));
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidRecordException(index, field, "has more after the JSON object");
            }
            return value;
        } catch (IOException e) {
            throw new InvalidRecordException(index, field, "is no valid JSON: " + shown(value));
        }
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
