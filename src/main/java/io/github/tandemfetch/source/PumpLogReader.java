package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a pump-logs answer as it streams in, holding one event at a time. Every element of {@code events} and
 * {@code clockChanges} is handed over with its text exactly as received: white space, digits, escapes and repeated keys
 * untouched. Keys may come in any order, and those it does not know are skipped.
 */
final class PumpLogReader {
    /** No event seen is larger than a few thousand bytes; past this it is no event. */
    static final int LONGEST_EVENT = 4 * 1024 * 1024;

    /** They come with every answer, from the pump's whole life; nobody sets a clock so often. */
    private static final int MOST_CLOCK_CHANGES = 100_000;

    private static final String SUBJECT = "The pump-log answer of Tandem Source ";
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final PumpLogSink sink;
    private final int longestEvent;

    PumpLogReader(PumpLogSink sink) {
        this(sink, LONGEST_EVENT);
    }

    PumpLogReader(PumpLogSink sink, int longestEvent) {
        this.sink = sink;
        this.longestEvent = longestEvent;
    }

    /**
     * Reads one answer to its end and hands its events over.
     *
     * @throws UnexpectedAnswerException where the answer is complete but not what it should be
     * @throws ConnectionLostException where it was cut short
     */
    void read(InputStream body) {
        RecordedStream recorded = new RecordedStream(body, longestEvent);
        Progress progress = Progress.NOTHING;
        try (JsonParser parser = JSON.createParser(recorded)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw ConnectionLostException.cutShort(null);
            }
            if (first != JsonToken.START_OBJECT) {
                throw new UnexpectedAnswerException(SUBJECT + "is not a JSON object.");
            }
            progress = Progress.INSIDE;
            readAnswer(parser, recorded);
            progress = Progress.COMPLETE;
            if (parser.nextToken() != null) {
                throw new UnexpectedAnswerException(SUBJECT + "goes on after its end.");
            }
        } catch (JsonEOFException cutShort) {
            throw ConnectionLostException.cutShort(null);
        } catch (JsonProcessingException malformed) {
            // A cut in the middle of "true" or of a letter is reported as malformed, not as the end that it is.
            if (progress == Progress.INSIDE && recorded.ended()) {
                throw ConnectionLostException.cutShort(null);
            }
            throw new UnexpectedAnswerException(
                    switch (progress) {
                        case NOTHING -> SUBJECT + "is not JSON.";
                        case INSIDE -> SUBJECT + "is not valid JSON" + near(malformed) + ".";
                        case COMPLETE -> SUBJECT + "goes on after its end.";
                    });
        } catch (IOException lost) {
            throw NetworkFailure.whileReading(lost);
        }
    }

    /** Where it is; what is merely too deep or too long has no place. */
    private static String near(JsonProcessingException malformed) {
        JsonLocation location = malformed.getLocation();
        return location == null ? ", or nothing that it could be" : " near byte " + location.getByteOffset();
    }

    private enum Progress {
        NOTHING,
        INSIDE,
        COMPLETE
    }

    private void readAnswer(JsonParser parser, RecordedStream recorded) throws IOException {
        boolean hasEvents = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("events")) {
                hasEvents = true;
                readElements(parser, recorded, value, name, false);
            } else if (name.equals("clockChanges")) {
                if (value != JsonToken.VALUE_NULL) {
                    readElements(parser, recorded, value, name, true);
                }
            } else {
                parser.skipChildren();
            }
        }
        if (!hasEvents) {
            throw new UnexpectedAnswerException(SUBJECT + "has no \"events\".");
        }
    }

    private void readElements(
            JsonParser parser, RecordedStream recorded, JsonToken value, String name, boolean clockChange)
            throws IOException {
        if (value != JsonToken.START_ARRAY) {
            throw new UnexpectedAnswerException(SUBJECT + "has no list as \"" + name + "\".");
        }
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (clockChange && ++count > MOST_CLOCK_CHANGES) {
                throw new UnexpectedAnswerException(SUBJECT + "has more clock changes than there can be.");
            }
            if (token != JsonToken.START_OBJECT) {
                throw new UnexpectedAnswerException(SUBJECT + "has something in \"" + name + "\" that is no event.");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            recorded.keepFrom(start);
            ReceivedEvent event = readEvent(parser, recorded, start, clockChange);
            recorded.keepNothing();
            sink.accept(event);
        }
    }

    private ReceivedEvent readEvent(JsonParser parser, RecordedStream recorded, long start, boolean clockChange)
            throws IOException {
        Long group = null;
        Long number = null;
        Long code = null;
        String pumpDateTime = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "sequenceGroup" -> group = integer(parser, value, name, group);
                case "sequenceNumber" -> number = integer(parser, value, name, number);
                case "eventCode" -> code = integer(parser, value, name, code);
                case "pumpDateTime" -> {
                    pumpDateTime = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        int from = recorded.indexOf(start);
        int to = recorded.indexOf(parser.currentLocation().getByteOffset());
        String json = exactly(recorded.bytes(), from, to);
        return new ReceivedEvent(
                clockChange,
                required(group, "sequenceGroup"),
                required(number, "sequenceNumber"),
                code(required(code, "eventCode")),
                pumpDateTime,
                json);
    }

    /** The bytes as text, checked where they are not plain ASCII: a wrong byte must not become a question mark. */
    private static String exactly(byte[] bytes, int from, int to) {
        String json = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (json.length() != to - from || json.indexOf('\uFFFD') >= 0) {
            byte[] again = json.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, bytes, from, to)) {
                throw new UnexpectedAnswerException(SUBJECT + "has an event that is not UTF-8.");
            }
        }
        return json;
    }

    private static Long integer(JsonParser parser, JsonToken value, String name, Long before) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new UnexpectedAnswerException(SUBJECT + "has an event whose \"" + name + "\" is no whole number.");
        }
        long number = parser.getLongValue();
        if (before != null && before != number) {
            throw new UnexpectedAnswerException(SUBJECT + "has an event with two values of \"" + name + "\".");
        }
        return number;
    }

    private static long required(Long value, String name) {
        if (value == null) {
            throw new UnexpectedAnswerException(SUBJECT + "has an event without \"" + name + "\".");
        }
        return value;
    }

    private static int code(long code) {
        if (code != (int) code) {
            throw new UnexpectedAnswerException(SUBJECT + "has an event code of " + code + ".");
        }
        return (int) code;
    }
}
