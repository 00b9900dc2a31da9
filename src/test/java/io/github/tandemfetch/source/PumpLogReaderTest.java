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
        private final List<RejectedEvent> rejected = new ArrayList<>();
        private boolean lacksClockChanges;

        @Override
        public void restart() {
            events.clear();
            rejected.clear();
        }

        @Override
        public void reject(RejectedEvent event) {
            rejected.add(event);
        }

        @Override
        public void lacksClockChanges() {
            lacksClockChanges = true;
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
                .containsExactly(new ReceivedEvent(false, null, 1, 7, 279, "2026-05-14T00:01:31", EVENT));
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

    static List<String> spoilt() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        return List.of(
                "1",
                "null",
                "true",
                "-1.5e3",
                "\"text\"",
                "\"\"",
                "[]",
                "[{\"sequenceGroup\":1},[{}]]",
                "{}",
                "{\"sequenceGroup\":1,\"sequenceNumber\":2}",
                "{\"sequenceGroup\":1,\"eventCode\":2}",
                "{\"sequenceNumber\":1,\"eventCode\":2}",
                event("1.5", ""),
                event("\"1\"", ""),
                event("null", ""),
                event("{\"a\":[1]}", ""),
                event("-1", ""),
                event("4294967296", ""),
                event("9223372036854775807", ""),
                event("9223372036854775808", ""),
                event("1e30", ""),
                event("9".repeat(5_000), ""),
                "{\"sequenceGroup\":65536,\"sequenceNumber\":1,\"eventCode\":2}",
                "{\"sequenceGroup\":9223372036854775807,\"sequenceNumber\":1,\"eventCode\":2}",
                "{\"sequenceGroup\":1,\"sequenceNumber\":1,\"eventCode\":4294967296}",
                "{\"sequenceGroup\":1,\"sequenceNumber\":1,\"eventCode\":-1}",
                "{\"sequenceGroup\":1,\"sequenceNumber\":1,\"sequenceNumber\":2,\"eventCode\":2}",
                event("1", ",\"p\":\"a\u0001b\""),
                event("1", ",\"p\":\"a\nb\""),
                event("1", ",\"p\":\"\\x\""),
                event("1", ",\"p\":\"\\ud800\""),
                event("1", ",\"\\udc00\":1"),
                event("1", ",\"p\":NaN"),
                event("1", ",\"p\":{\"q\":[-Infinity]}"),
                event("1", ",\"p\":" + deep),
                event("1", ",\"p\":" + "7".repeat(2_000)),
                event("1", ",\"" + "n".repeat(60_000) + "\":1"),
                event("1", ",\"p\":\"" + "x".repeat(5_000_000) + "\""));
    }

    private static String event(String number, String more) {
        return "{\"sequenceGroup\":1,\"eventCode\":2,\"sequenceNumber\":" + number + more + "}";
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void a_spoilt_element_is_rejected_as_it_came_and_the_others_are_read(String spoilt) {
        for (String answer : List.of(
                "{\"events\":[" + EVENT + "," + spoilt + "," + EVENT + "],\"clockChanges\":[]}",
                "{\"events\":[" + spoilt + " ," + EVENT + "," + EVENT + "],\"clockChanges\":[]}",
                "{\"events\":[" + EVENT + "],\"clockChanges\":[" + EVENT + ", " + spoilt + "]}")) {
            collected.restart();

            assertThat(read(answer)).extracting(ReceivedEvent::json).containsExactly(EVENT, EVENT);

            assertThat(collected.rejected).singleElement().satisfies(rejected -> {
                assertThat(rejected.reason()).isNotBlank();
                assertThat(rejected.size()).isEqualTo(spoilt.length());
                String content = new String(rejected.content(), StandardCharsets.UTF_8);
                assertThat(
                                spoilt.length() > PumpLogReader.LONGEST_EVENT
                                        ? content.length() > 1_000_000 && spoilt.startsWith(content)
                                        : spoilt.equals(content))
                        .isTrue();
            });
        }
    }

    @Test
    void an_answer_with_hardly_an_event_that_can_be_read_is_an_error() {
        String spoilt = ",{\"id\":1}".repeat(12);
        assertThatThrownBy(() -> read("{\"events\":[" + EVENT + spoilt + "],\"clockChanges\":[]}"))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("12 events that cannot be read, and 1 that can")
                .hasMessageContaining("has no \"sequenceGroup\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"events\":[]}", "{\"events\":[],\"clockChanges\":null}", "{\"events\":[],\"clockChanges\":[]}"
            })
    void whether_there_is_a_list_of_clock_changes_is_told(String body) {
        read(body);
        assertThat(collected.lacksClockChanges).isEqualTo(!body.contains("clockChanges\":[]"));
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
    void an_event_larger_than_any_event_is_rejected_with_its_beginning() {
        String large = "{\"p\":\"" + "x".repeat(300_000) + "\"}";
        String body =
                "{\"skipped\":\"" + "x".repeat(300_000) + "\",\"events\":[" + EVENT + "," + large + "," + EVENT + "]}";
        new PumpLogReader(collected, 200_000).read(new InPieces(body.getBytes(StandardCharsets.UTF_8), new Random(1)));
        assertThat(collected.events).hasSize(2);
        assertThat(collected.rejected).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).contains("200000 bytes");
            assertThat(rejected.size()).isEqualTo(large.length());
            assertThat(rejected.content()).hasSizeBetween(100_000, 300_000);
            assertThat(large).startsWith(new String(rejected.content(), StandardCharsets.UTF_8));
        });
    }

    @Test
    void a_wrong_byte_never_becomes_a_question_mark() {
        byte[] body = ("{\"events\":[" + EVENT.replace("}", ",\"p\":\"\u00e4\"}") + "," + EVENT + "]}")
                .getBytes(StandardCharsets.UTF_8);
        int umlaut = new String(body, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
        // The three bytes of an encoded surrogate pass for UTF-8 with a parser that does not look closely.
        byte[] broken = new byte[body.length + 1];
        System.arraycopy(body, 0, broken, 0, umlaut);
        broken[umlaut] = (byte) 0xED;
        broken[umlaut + 1] = (byte) 0xA0;
        broken[umlaut + 2] = (byte) 0x80;
        System.arraycopy(body, umlaut + 2, broken, umlaut + 3, body.length - umlaut - 2);

        new PumpLogReader(collected).read(new ByteArrayInputStream(broken));

        assertThat(collected.events).extracting(ReceivedEvent::json).containsExactly(EVENT);
        assertThat(collected.rejected).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).contains("UTF-8");
            assertThat(rejected.content()).contains(0xED, 0xA0, 0x80);
        });
    }

    @Test
    void what_the_sink_throws_reaches_the_caller() {
        PumpLogSink full = new PumpLogSink() {
            @Override
            public void reject(RejectedEvent event) {}

            @Override
            public void lacksClockChanges() {}

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
        long number = random.nextBoolean() ? random.nextInt(1000) : random.nextInt() & 0xffffffffL;
        int code = random.nextInt(65_536);
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
                clockChange, null, group, number, code, dated ? time : null, "{" + String.join(",", members) + "}");
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
