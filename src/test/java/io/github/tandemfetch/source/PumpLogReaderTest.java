package io.github.tandemfetch.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PumpLogReaderTest {
    private static final String EVENT =
            "{\"eventCode\":279,\"sequenceGroup\":1,\"sequenceNumber\":7,\"pumpDateTime\":\"2026-05-14T00:01:31\"}";

    private final Collected collected = new Collected();

    private static final class Collected implements PumpLogSink {
        private final List<ReceivedEvent> events = new ArrayList<>();

        @Override
        public void restart() {
            events.clear();
        }

        @Override
        public void accept(ReceivedEvent event) {
            events.add(event);
        }
    }

    /** Gives a body in pieces of random size, so that every boundary falls everywhere. */
    private static final class InPieces extends InputStream {
        private final InputStream whole;
        private final Random random;

        InPieces(byte[] bytes, Random random) {
            this.whole = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return whole.read();
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            return whole.read(target, offset, Math.min(count, 1 + random.nextInt(random.nextBoolean() ? 3 : 400)));
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    private List<ReceivedEvent> read(String body) {
        new PumpLogReader(collected).read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        return collected.events;
    }

    @Test
    void an_event_is_handed_over_with_its_identity_and_its_text() {
        assertThat(read("{\"events\":[" + EVENT + "],\"clockChanges\":[]}"))
                .containsExactly(new ReceivedEvent(false, 1, 7, 279, "2026-05-14T00:01:31", EVENT));
    }

    @Test
    void numbers_escapes_repeated_keys_and_white_space_stay_as_they_were_sent() {
        String odd =
                "{ \"sequenceGroup\" : 0 ,\n\t\"eventProperties\":{\"a\":1.0e+02,\"a\":-0.0,\"t\":\"\\u00e4\\/ä😀\"},"
                        + "\"sequenceNumber\":4294967295,\"eventCode\":65535\r\n}";
        ReceivedEvent event =
                read(" {\"x\":[{}], \"events\" : [ " + odd + " ] } \n").get(0);
        assertThat(event.json()).isEqualTo(odd);
        assertThat(event.sequenceNumber()).isEqualTo(4294967295L);
        assertThat(event.pumpDateTime()).isNull();
    }

    @Test
    void clock_changes_come_marked_in_whatever_order_the_keys_are() {
        List<ReceivedEvent> events = read(
                "{\"clockChanges\":[" + EVENT + "],\"new\":{\"events\":[1]},\"events\":[" + EVENT + "," + EVENT + "]}");
        assertThat(events).extracting(ReceivedEvent::clockChange).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"events\":[]}", "{\"events\":[],\"clockChanges\":null}"})
    void an_answer_without_events_or_clock_changes_is_an_answer(String body) {
        assertThat(read(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"clockChanges\":[]}",
                "{\"events\":null}",
                "{\"events\":{}}",
                "{\"events\":\"\"}",
                "{\"events\":[],\"clockChanges\":{}}",
                "{\"events\":[1]}",
                "{\"events\":[null]}",
                "{\"events\":[[]]}",
                "{\"events\":[{}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":2}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceNumber\":1,\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":1.5,\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":\"1\",\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceGroup\":null,\"sequenceNumber\":1,\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":1,\"eventCode\":4294967296}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":99999999999999999999,\"eventCode\":2}]}",
                "{\"events\":[{\"sequenceGroup\":1,\"sequenceNumber\":1,\"sequenceNumber\":2,\"eventCode\":2}]}",
                "{\"events\":[]} x",
                "{\"events\":[]}{}",
                "[]",
                "\"SECRET-TEXT\"",
                "oops",
                "<html><body>blocked</body></html>",
                "{\"events\":[}]}",
                "{\"events\":[] \"x\":1}"
            })
    void an_answer_that_does_not_fit_is_an_error_of_its_own(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageStartingWith("The pump-log answer of Tandem Source")
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void an_answer_cut_anywhere_is_a_lost_connection_and_never_a_shorter_answer() {
        String body = "{\"events\":[" + EVENT.replace("}", ",\"p\":{\"on\":true,\"u\":\"\\u00e4ä\",\"n\":-1.5e3}}")
                + "],\"clockChanges\":[" + EVENT + "]}";
        byte[] whole = body.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> new PumpLogReader(collected).read(new ByteArrayInputStream(cut)))
                    .as("cut after %s bytes", length)
                    .isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void a_failing_stream_is_a_lost_connection() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> new PumpLogReader(collected).read(failing))
                .isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void an_event_larger_than_any_event_is_refused() {
        String body = "{\"skipped\":\"" + "x".repeat(300_000) + "\",\"events\":[" + EVENT + ",{\"p\":\""
                + "x".repeat(300_000) + "\"}]}";
        assertThatThrownBy(() -> new PumpLogReader(collected, 200_000)
                        .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("single event");
        assertThat(collected.events).hasSize(1);
    }

    @Test
    void a_wrong_byte_never_becomes_a_question_mark() {
        byte[] body =
                ("{\"events\":[" + EVENT.replace("}", ",\"p\":\"\u00e4\"}") + "]}").getBytes(StandardCharsets.UTF_8);
        int umlaut = new String(body, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
        // The three bytes of an encoded surrogate pass for UTF-8 with a parser that does not look closely.
        byte[] broken = new byte[body.length + 1];
        System.arraycopy(body, 0, broken, 0, umlaut);
        broken[umlaut] = (byte) 0xED;
        broken[umlaut + 1] = (byte) 0xA0;
        broken[umlaut + 2] = (byte) 0x80;
        System.arraycopy(body, umlaut + 2, broken, umlaut + 3, body.length - umlaut - 2);
        assertThatThrownBy(() -> new PumpLogReader(collected).read(new ByteArrayInputStream(broken)))
                .isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void what_the_sink_throws_reaches_the_caller() {
        PumpLogSink full = new PumpLogSink() {
            @Override
            public void restart() {
                collected.restart();
            }

            @Override
            public void accept(ReceivedEvent event) {
                throw new IllegalStateException("disk full");
            }
        };
        InputStream body = new ByteArrayInputStream(("{\"events\":[" + EVENT + "]}").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new PumpLogReader(full).read(body))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_arrives_in_whatever_pieces_is_handed_over_as_it_was_sent(long seed) {
        Random random = new Random(seed);
        List<ReceivedEvent> sent = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        write(body, space(random) + "{");
        List<String> members = new ArrayList<>();
        members.add(list(random, "events", false, random.nextInt(60), sent));
        if (random.nextBoolean()) {
            members.add(space(random) + "\"more\"" + space(random) + ":" + value(random, 0));
        }
        if (random.nextBoolean()) {
            members.add(list(random, "clockChanges", true, random.nextInt(20), sent));
        }
        write(body, String.join(",", members) + "}" + space(random));

        new PumpLogReader(collected).read(new InPieces(body.toByteArray(), random));

        assertThat(collected.events).as("seed %s", seed).isEqualTo(sent);
    }

    private static void write(ByteArrayOutputStream body, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.write(bytes, 0, bytes.length);
    }

    private static String list(Random random, String name, boolean clockChange, int count, List<ReceivedEvent> sent) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ReceivedEvent event = event(random, clockChange);
            sent.add(event);
            elements.add(space(random) + event.json() + space(random));
        }
        return space(random) + "\"" + name + "\"" + space(random) + ":" + space(random) + "["
                + (elements.isEmpty() ? space(random) : String.join(",", elements)) + "]" + space(random);
    }

    private static ReceivedEvent event(Random random, boolean clockChange) {
        long group = random.nextInt(4);
        long number = random.nextBoolean() ? random.nextInt(1000) : random.nextLong() >>> 1;
        int code = random.nextInt(70_000);
        boolean dated = random.nextBoolean();
        String time = "2026-05-14T00:01:" + (10 + random.nextInt(50));
        List<String> members = new ArrayList<>(List.of(
                member(random, "sequenceGroup", Long.toString(group)),
                member(random, "sequenceNumber", Long.toString(number)),
                member(random, "eventCode", Integer.toString(code)),
                member(random, "eventProperties", value(random, 0))));
        if (dated) {
            members.add(member(random, "pumpDateTime", "\"" + time + "\""));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            members.add(member(random, "new" + i, value(random, 0)));
        }
        Collections.shuffle(members, random);
        return new ReceivedEvent(
                clockChange, group, number, code, dated ? time : null, "{" + String.join(",", members) + "}");
    }

    private static String member(Random random, String name, String value) {
        return space(random) + "\"" + name + "\"" + space(random) + ":" + space(random) + value + space(random);
    }

    private static String space(Random random) {
        StringBuilder space = new StringBuilder();
        while (random.nextInt(3) == 0) {
            space.append(" \t\n\r".charAt(random.nextInt(4)));
        }
        return space.toString();
    }

    private static String value(Random random, int depth) {
        switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0:
                return List.of("0", "-0.0", "1.50", "1e5", "2.5E-3", "123456789012345678901234567890")
                        .get(random.nextInt(6));
            case 1:
                return List.of("true", "false", "null").get(random.nextInt(3));
            case 2, 3:
                return text(random);
            case 4:
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(space(random) + value(random, depth + 1) + space(random));
                }
                return "[" + String.join(",", elements) + "]";
            default:
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    String name = List.of("events", "sequenceNumber", "eventCode", "k" + i)
                            .get(random.nextInt(4));
                    members.add(member(random, name, value(random, depth + 1)));
                }
                return "{" + String.join(",", members) + "}";
        }
    }

    private static String text(Random random) {
        List<String> pieces = List.of(
                "a",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\\\"",
                "\\\\",
                "\\n",
                "\\/",
                "\\u0000",
                "\\u00E4",
                "\\uD83D\\uDE00",
                "ä",
                "€",
                "😀",
                " ",
                "'",
                "\u2028",
                "xyz".repeat(random.nextInt(200)));
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.append('"').toString();
    }
}
