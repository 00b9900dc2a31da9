package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one element of a list of events. What is wrong with it is noted, and the rest of the answer goes on behind it. */
final class EventReader {
    /** The pump numbers its events with 32 bits, without a sign. */
    static final long HIGHEST_NUMBER = 4_294_967_295L;

    /** Seen are 0 and 1: it counts how often the log began anew. */
    static final long HIGHEST_GROUP = 65_535;

    /** A pump writes a code in 12 bits. */
    static final long HIGHEST_CODE = 65_535;

    /** What is shorter and has nothing unusual in it cannot break a limit of a JSON parser. */
    private static final int SHORT_EVENT = 1_000;

    private static final int DEEP_EVENT = 500;
    private static final JsonFactory STRICT = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final boolean clockChange;
    private Long group;
    private Long number;
    private Long code;
    private String assignmentId;
    private String pumpDateTime;
    private String fault;
    private boolean unusual;

    /**
     * Reads the object at whose beginning a parser is.
     *
     * @param parser a parser that lets more through than JSON allows
     */
    EventReader(JsonParser parser, boolean clockChange) {
        this.parser = parser;
        this.clockChange = clockChange;
    }

    /** Reads to the end of the element, whatever it is. */
    void read() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault = "is no JSON object";
            parser.finishToken();
            skip(parser.currentToken());
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "sequenceGroup" -> group = integer(value, name, group, HIGHEST_GROUP);
                case "sequenceNumber" -> number = integer(value, name, number, HIGHEST_NUMBER);
                case "eventCode" -> code = integer(value, name, code, HIGHEST_CODE);
                case "pumpDateTime" -> pumpDateTime = text(value);
                case "deviceAssignmentId" -> assignmentId = text(value);
                default -> skip(value);
            }
        }
        if (group == null || number == null || code == null) {
            String missing = group == null ? "sequenceGroup" : number == null ? "sequenceNumber" : "eventCode";
            note("has no \"" + missing + "\"");
        }
    }

    /** What is wrong with the element; null where nothing has been found. */
    String fault() {
        return fault;
    }

    /**
     * The event, once it has been read.
     *
     * @param bytes where its text is
     * @return null where {@link #fault} tells what is wrong with it
     */
    ReceivedEvent event(byte[] bytes, int from, int to) {
        String json = fault == null ? exactly(bytes, from, to) : null;
        if (json == null) {
            return null;
        }
        return new ReceivedEvent(clockChange, assignmentId, group, number, code.intValue(), pumpDateTime, json);
    }

    private String text(JsonToken value) throws IOException {
        String text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        skip(value);
        return text;
    }

    private Long integer(JsonToken value, String name, Long before, long highest) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            note("has a \"" + name + "\" that is no whole number");
            skip(value);
            return before == null ? Long.valueOf(0) : before;
        }
        boolean isLong = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long number = isLong ? parser.getLongValue() : -1;
        if (number < 0 || number > highest) {
            note("has a \"" + name + "\" that is not between 0 and " + highest);
        }
        if (before != null && before != number) {
            note("has two values of \"" + name + "\"");
        }
        return number;
    }

    private void note(String found) {
        fault = fault == null ? found : fault;
    }

    private void skip(JsonToken value) throws IOException {
        unusual |= value == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
        if (value == null || !value.isStructStart()) {
            return;
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                unusual |= ++depth > DEEP_EVENT;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                unusual |= token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
            }
        }
    }

    /** The bytes as text, checked where they are not plain ASCII: a wrong byte must not become a question mark. */
    private String exactly(byte[] bytes, int from, int to) {
        if ((unusual || isUnusual(bytes, from, to)) && !isJson(bytes, from, to)) {
            note("is not valid JSON");
            return null;
        }
        String json = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (json.length() != to - from || json.indexOf('\uFFFD') >= 0) {
            byte[] again = json.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, bytes, from, to)) {
                note("is not UTF-8");
                return null;
            }
        }
        return json;
    }

    private static boolean isUnusual(byte[] bytes, int from, int to) {
        if (to - from > SHORT_EVENT) {
            return true;
        }
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\' || b >= 0 && b < ' ') {
                return true;
            }
        }
        return false;
    }

    /** The database could store it, and would fail at every look into it. */
    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static boolean isJson(byte[] bytes, int from, int to) {
        try (JsonParser strict = STRICT.createParser(bytes, from, to - from)) {
            int depth = 0;
            for (JsonToken token = strict.nextToken(); token != null; token = strict.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEEP_EVENT) {
                    return false;
                }
                if (token.isNumeric()) {
                    // The length of a number is looked at when its value is asked for.
                    strict.getNumberType();
                    strict.getTextLength();
                } else if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    if (hasLoneSurrogate(strict.getText())) {
                        return false;
                    }
                }
            }
            return true;
        } catch (JsonProcessingException broken) {
            return false;
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }
}
