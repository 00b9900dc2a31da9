package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a pump-logs answer as it streams in, holding one event at a time. Every element of {@code events} and
 * {@code clockChanges} is handed over with its text exactly as received: white space, digits, escapes and repeated keys
 * untouched. An element that is no event is handed over as rejected. Keys may come in any order, and those it does not
 * know are skipped.
 */
final class PumpLogReader {
    /** No event seen is larger than a few thousand bytes; past this it is no event. */
    static final int LONGEST_EVENT = 4 * 1024 * 1024;

    /** They come with every answer, from the pump's whole life; nobody sets a clock so often. */
    private static final int MOST_CLOCK_CHANGES = 100_000;

    /** What lies deeper is not read at all; what lies deeper than an event may is rejected. */
    private static final int DEEPEST = 100_000;

    /** So many events may be spoilt in an answer that has no others. */
    private static final int FEW = 10;

    private static final String SUBJECT = "The pump-log answer of Tandem Source ";
    // It lets more through than JSON allows, so that an answer can be read on behind an event that is not valid JSON.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_EVENT)
                    .maxStringLength(LONGEST_EVENT)
                    .maxNameLength(LONGEST_EVENT)
                    .build())
            .build();

    private final PumpLogSink sink;
    private final int longestEvent;
    private long accepted;
    private long rejected;
    private String firstFault;

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
        try (JsonParser parser = JSON.createParser(new ByteCharacters(recorded))) {
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
            requireMostUnderstood();
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
            throw switch (progress) {
                case NOTHING -> new UnexpectedAnswerException(SUBJECT + "is not JSON.");
                case INSIDE -> UnexpectedAnswerException.inPart(SUBJECT + "is not valid JSON" + near(malformed) + ".");
                case COMPLETE -> new UnexpectedAnswerException(SUBJECT + "goes on after its end.");
            };
        } catch (IOException lost) {
            throw NetworkFailure.whileReading(lost);
        }
    }

    /** Where it is; what is merely too deep or too long has no place. */
    private static String near(JsonProcessingException malformed) {
        JsonLocation location = malformed.getLocation();
        return location == null ? ", or nothing that it could be" : " near byte " + location.getCharOffset();
    }

    private enum Progress {
        NOTHING,
        INSIDE,
        COMPLETE
    }

    private void readAnswer(JsonParser parser, RecordedStream recorded) throws IOException {
        boolean hasEvents = false;
        boolean hasClockChanges = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("events")) {
                hasEvents = true;
                readElements(parser, recorded, value, name, false);
            } else if (name.equals("clockChanges")) {
                if (value != JsonToken.VALUE_NULL) {
                    hasClockChanges = true;
                    readElements(parser, recorded, value, name, true);
                }
            } else {
                parser.skipChildren();
            }
        }
        if (!hasEvents) {
            throw new UnexpectedAnswerException(SUBJECT + "has no \"events\".");
        }
        if (!hasClockChanges) {
            sink.lacksClockChanges();
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
            readElement(parser, recorded, clockChange);
        }
    }

    private void readElement(JsonParser parser, RecordedStream recorded, boolean clockChange) throws IOException {
        long start = parser.currentTokenLocation().getCharOffset();
        recorded.keepFrom(start);
        EventReader reader = new EventReader(parser, clockChange);
        reader.read();
        long end = parser.currentLocation().getCharOffset();
        byte[] beginning = recorded.beginningOfTooLong();
        if (beginning != null) {
            reject(new RejectedEvent("is longer than " + longestEvent + " bytes", beginning, end - start));
        } else {
            int from = recorded.indexOf(start);
            int to = recorded.indexOf(end);
            ReceivedEvent event = reader.event(recorded.bytes(), from, to);
            if (event != null) {
                accepted++;
                sink.accept(event);
            } else {
                reject(new RejectedEvent(reader.fault(), Arrays.copyOfRange(recorded.bytes(), from, to), end - start));
            }
        }
        recorded.keepNothing();
    }

    private void reject(RejectedEvent event) {
        if (rejected++ == 0) {
            firstFault = event.reason();
        }
        sink.reject(event);
    }

    /** A few events may be spoilt; where most are, it is the format that has changed. */
    private void requireMostUnderstood() {
        if (rejected > FEW && rejected > accepted) {
            throw UnexpectedAnswerException.inPart(SUBJECT + "has " + rejected + " events that cannot be read, and "
                    + accepted + " that can; the first of them " + firstFault + ".");
        }
    }
}
