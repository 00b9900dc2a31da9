package io.github.tandemfetch.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The fields of a JSON object, each with its original text, so that numbers keep all their digits. */
final class JsonFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, Field> fields = new LinkedHashMap<>();

    private JsonFields() {}

    /** A field's value; its text is extracted only on demand. */
    static final class Field {
        private final JsonToken token;
        private final String text;
        private final String object;
        private final int pairStart;
        private final int start;
        private final int end;

        private Field(JsonToken token, String text, String object, int pairStart, int start, int end) {
            this.token = token;
            this.text = text;
            this.object = object;
            this.pairStart = pairStart;
            this.start = start;
            this.end = end;
        }

        /** The first token of the value. */
        JsonToken token() {
            return token;
        }

        /** The original JSON text. */
        String raw() {
            return object.substring(start, end);
        }

        /** The characters of a string; {@link #raw} for any other value. */
        String text() {
            return text == null ? raw() : text;
        }
    }

    /**
     * Builds fields from values outside of JSON; null becomes JSON null.
     *
     * @param objects the fields whose text is a JSON object
     */
    static JsonFields ofTexts(Map<String, String> texts, Set<String> objects) {
        JsonFields result = new JsonFields();
        texts.forEach((name, text) -> {
            JsonToken token = objects.contains(name) ? JsonToken.START_OBJECT : JsonToken.VALUE_STRING;
            Field field = text == null
                    ? new Field(JsonToken.VALUE_NULL, null, "null", 0, 0, 4)
                    : new Field(token, text, text, 0, 0, text.length());
            result.fields.put(name, field);
        });
        return result;
    }

    /** Parses a JSON object. */
    static JsonFields of(String object) throws MalformedRecordException {
        JsonFields result = new JsonFields();
        try (JsonParser parser = JSON.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException(null, "is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                String name = parser.currentName();
                Field field = field(parser, object, start);
                if (result.fields.put(name, field) != null) {
                    throw new MalformedRecordException(name, "is duplicated");
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedRecordException(null, "has text after the JSON object");
            }
            return result;
        } catch (IOException e) {
            throw new MalformedRecordException(null, "is not valid JSON");
        }
    }

    private static Field field(JsonParser parser, String object, int pairStart) throws IOException {
        JsonToken token = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String text = null;
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            text = parser.getText();
        }
        boolean exactEnd = token.isStructStart() || token == JsonToken.VALUE_STRING;
        int end = exactEnd ? (int) parser.currentLocation().getCharOffset() : start + text.length();
        return new Field(token, text, object, pairStart, start, end);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Removes a field and returns its string; null where the field is missing or null. */
    String text(String name) throws MalformedRecordException {
        Field field = fields.remove(name);
        if (field == null || field.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (field.token() != JsonToken.VALUE_STRING) {
            throw new MalformedRecordException(name, "is not a string");
        }
        return field.text();
    }

    /** Removes a field and returns it; null where the field is missing or null. */
    Field value(String name) {
        Field field = fields.remove(name);
        return field == null || field.token() == JsonToken.VALUE_NULL ? null : field;
    }

    /** Removes a field and returns its JSON text; null where the field is missing or null. */
    String raw(String name) {
        Field field = value(name);
        return field == null ? null : field.raw();
    }

    /** Removes a field and parses its object. */
    JsonFields object(String name) throws MalformedRecordException {
        Field field = value(name);
        if (field == null || field.token() != JsonToken.START_OBJECT) {
            throw new MalformedRecordException(name, "is not a JSON object");
        }
        return of(field.raw());
    }

    /** The remaining fields as a JSON object. */
    String rest() {
        StringBuilder object = new StringBuilder("{");
        for (Field field : fields.values()) {
            object.append(object.length() > 1 ? "," : "").append(field.object, field.pairStart, field.end);
        }
        return object.append('}').toString();
    }

    void requireEmpty() throws MalformedRecordException {
        Set<String> names = fields.keySet();
        if (!names.isEmpty()) {
            throw new MalformedRecordException(names.iterator().next(), "is not a known field");
        }
    }
}
