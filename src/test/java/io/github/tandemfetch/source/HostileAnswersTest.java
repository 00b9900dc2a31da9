package io.github.tandemfetch.source;

import io.github.tandemfetch.clock.ClockChangeReader;
import io.github.tandemfetch.config.Credentials;
import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.config.Secret;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.fuzz.Mutation;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.EventDataWriter;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.SequencePosition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever comes in the place of an answer or of a kept file: it is read, or it is a failure of ours, and soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileAnswersTest {
    private static final int MUTATIONS = 40;
    private static final String EVENT =
            "{\"deviceAssignmentId\":\"a\",\"eventCode\":279,\"sequenceGroup\":0,\"sequenceNumber\":17,"
                    + "\"pumpDateTime\":\"2026-05-14T00:01:31\",\"eventProperties\":{\"commandedRateSource\":3,"
                    + "\"commandedRate\":850,\"profileBasalRate\":65535,\"note\":\"ä\\u00e9\",\"bits\":[1,5]},"
                    + "\"estimatedDateTime\":\"2026-05-14T00:01:31Z\"}";
    private static final String CLOCK_CHANGE =
            "{\"eventCode\":13,\"sequenceGroup\":0,\"sequenceNumber\":3,\"pumpDateTime\":\"2026-05-14T00:01:31\","
                    + "\"eventProperties\":{\"timePrior\":3600000,\"timeAfter\":7200000,\"rawRTCTime\":123456}}";
    private static final String READING =
            "{\"eventCode\":399,\"sequenceGroup\":0,\"sequenceNumber\":4,\"pumpDateTime\":\"2026-05-14T00:01:31\","
                    + "\"eventProperties\":{\"glucoseValueStatus\":0,\"currentGlucoseDisplayValue\":117,\"rate\":-12,"
                    + "\"egvTimeStamp\":580000000,\"cgmDataType\":[1]}}";
    private static final String LOGS = "{\"events\":[" + EVENT + "," + READING + "],\"clockChanges\":[" + CLOCK_CHANGE
            + "],\"more\":{\"x\":[1,2]}}";
    private static final String PUMPER = "{\"firstName\":\"Sam\",\"country\":\"US\",\"lowGlucoseThreshold\":70,"
            + "\"pumps\":[{\"assignmentId\":\"a\",\"serialNumber\":\"123\",\"lastUploadDate\":\"2026-11-20T10:00:00Z\","
            + "\"maxDateOfEvents\":\"2026-11-20T09:00:00\",\"availableDataRange\":{\"start\":\"2026-01-01T00:00:00\","
            + "\"end\":\"2026-11-20T09:00:00\"},\"settings\":{\"details\":{\"profiles\":{\"activeIdp\":1}}}}]}";

    @TempDir
    Path folder;

    private static ScriptedService service;

    @BeforeAll
    static void start() {
        service = new ScriptedService();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    /** What may be thrown on the way is a failure that has words for a person. */
    private interface Reading {
        void read(byte[] hostile) throws Exception;
    }

    private static void allReadOrFail(long seed, String sound, Reading reading) {
        Mutation mutation = new Mutation(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] hostile = mutation.of(sound);
            try {
                reading.read(hostile);
            } catch (TandemException known) {
                assertThat(known.getMessage())
                        .as("seed %d, mutation %d", seed, i)
                        .isNotBlank();
            } catch (Throwable surprise) {
                String shown = new String(hostile, StandardCharsets.UTF_8);
                throw new AssertionError(
                        "seed " + seed + ", mutation " + i + ": " + shown.substring(0, Math.min(2_000, shown.length())),
                        surprise);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_list_of_pumps(long seed) {
        allReadOrFail(seed, PUMPER, hostile -> new PumperReader().read(new ByteArrayInputStream(hostile)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pump_logs_and_all_that_is_made_of_them(long seed) {
        EventDataWriter events = new EventDataWriter(EventCatalog.load());
        ClockChangeReader changes = new ClockChangeReader();
        allReadOrFail(seed, LOGS, hostile -> new PumpLogReader(new PumpLogSink() {
                    @Override
                    public void reject(RejectedEvent event) {}

                    @Override
                    public void lacksClockChanges() {}

                    @Override
                    public void restart() {}

                    @Override
                    public void accept(ReceivedEvent event) {
                        var stamp = PumpTimestamp.parse(event.pumpDateTime()).orElse(null);
                        SequencePosition position = new SequencePosition(event.sequenceGroup(), event.sequenceNumber());
                        changes.read(position, event.eventCode(), stamp, event.json());
                        events.eventData(event.eventCode(), event.json().getBytes(StandardCharsets.UTF_8));
                    }
                })
                .read(new ByteArrayInputStream(hostile)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_token_answer(long seed) {
        allReadOrFail(
                seed,
                "{\"access_token\":\"abc\",\"id_token\":\"x.y.z\",\"expires_in\":28800,\"token_type\":\"Bearer\"}",
                hostile -> Tokens.from(hostile, Optional.empty(), Clock.systemUTC()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_identity_token_and_its_keys(long seed) {
        IdTokenVerifier verifier = new IdTokenVerifier(service.endpoints(), Clock.systemUTC());
        String token = service.signed(service.claims());
        String keys = service.keys();
        allReadOrFail(seed, token, hostile -> verifier.verify(tokens(text(hostile)), keys));
        allReadOrFail(seed, keys, hostile -> verifier.verify(tokens(token), text(hostile)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void claims_that_are_well_signed(long seed) {
        IdTokenVerifier verifier = new IdTokenVerifier(service.endpoints(), Clock.systemUTC());
        String claims = service.claims().toJson();
        allReadOrFail(
                seed, claims, hostile -> verifier.verify(tokens(service.signedText(text(hostile))), service.keys()));
    }

    @Test
    void an_identity_token_that_never_expires_is_good_for_a_long_time() {
        IdTokenVerifier verifier = new IdTokenVerifier(service.endpoints(), Clock.systemUTC());
        var claims = service.claims();
        claims.setClaim("exp", Long.MAX_VALUE);
        Session session = verifier.verify(tokens(service.signed(claims)), service.keys());
        assertThat(session.expiresAt()).isAfter(Instant.now().plusSeconds(1_000_000));
    }

    private static Tokens tokens(String idToken) {
        return new Tokens(new Secret("access"), new Secret(idToken), null, Instant.now());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_words_of_a_refusal(long seed) {
        allReadOrFail(
                seed,
                "{\"success\":false,\"error\":{\"issues\":[{\"code\":\"x\",\"message\":\"Required\"}],\"name\":\"ZodError\"}}",
                hostile -> HttpFailure.of(400, null, "application/json", text(hostile))
                        .describe("the call", new Secret("secret"))
                        .getMessage());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_kept_token_and_kept_refusals(long seed) throws IOException {
        Credentials credentials = new Credentials("me@example.org", new Secret("p"), Region.EU);
        Endpoints endpoints = service.endpoints();
        TokenCache tokens = new TokenCache(folder);
        tokens.keep(
                credentials,
                endpoints,
                new Session(new Secret("t"), "p", "a", Instant.now().plusSeconds(9_999)));
        String sound = Files.readString(folder.resolve("token.json"));
        allReadOrFail(seed, sound, hostile -> {
            Files.write(folder.resolve("token.json"), hostile);
            tokens.find(credentials, endpoints);
        });
        String refused = "{\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"iterations\":3,\"hashes\":[\"abc=\"]}";
        allReadOrFail(seed, refused, hostile -> {
            Files.write(folder.resolve("refused-logins.json"), hostile);
            new RefusedLogins(folder).find(credentials, endpoints, Instant.now());
        });
    }

    @Test
    void a_body_without_end_is_refused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                java.util.Arrays.fill(target, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        LimitedStream limited = new LimitedStream(endless, 50_000_000, java.time.Duration.ofMinutes(1));
        assertThatThrownBy(() -> new PumpLogReader(new PumpLogSink() {
                            @Override
                            public void reject(RejectedEvent event) {}

                            @Override
                            public void lacksClockChanges() {}

                            @Override
                            public void restart() {}

                            @Override
                            public void accept(ReceivedEvent event) {}
                        })
                        .read(limited))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("50 MB");
        assertThatThrownBy(() -> new PumperReader().read(endless)).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void a_body_that_drips_ends_as_a_timeout() {
        InputStream dripping = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        LimitedStream limited = new LimitedStream(dripping, 1_000, java.time.Duration.ofMillis(200));
        assertThatThrownBy(() -> new PumperReader().read(limited))
                .isInstanceOf(TransientSourceException.class)
                .hasMessageContaining("not complete");
    }

    @Test
    void clock_changes_without_end_are_refused() {
        StringBuilder body = new StringBuilder("{\"events\":[],\"clockChanges\":[");
        for (int i = 0; i <= 100_000; i++) {
            body.append("{\"eventCode\":13,\"sequenceGroup\":0,\"sequenceNumber\":")
                    .append(i)
                    .append("},");
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new PumpLogReader(new PumpLogSink() {
                            @Override
                            public void reject(RejectedEvent event) {}

                            @Override
                            public void lacksClockChanges() {}

                            @Override
                            public void restart() {}

                            @Override
                            public void accept(ReceivedEvent event) {}
                        })
                        .read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("clock changes");
    }

    @Test
    void a_body_whose_reading_fails_in_an_unknown_way_does_not_hang() {
        InputStream closed = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("closed meanwhile");
            }
        };
        assertThatThrownBy(() -> new PumperReader().read(new ReadAheadStream(closed)))
                .isInstanceOf(ConnectionLostException.class);
    }
}
