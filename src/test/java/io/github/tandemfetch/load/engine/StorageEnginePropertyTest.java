package io.github.tandemfetch.load.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.Identifier;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for any name and any properties, tried with many that a seed makes. */
class StorageEnginePropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE_LETTERS = "abcXYZ019_";

    private final StorageEngineOpener opener = new StorageEngineOpener(new DatabaseOpener());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_properties_of_events_and_profiles_come_back_as_they_were_given(long seed) throws IOException {
        Random random = new Random(seed);
        List<ObjectNode> given = new ArrayList<>();
        List<EventRecord> events = new ArrayList<>();
        List<ProfileRecord> profiles = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            ObjectNode properties = object(random, 4);
            given.add(properties);
            events.add(new EventRecord("e", "2024-01-15T10:30:00Z", "u", "k" + i, properties.toString()));
            profiles.add(new ProfileRecord("k" + i, properties.toString(), null));
        }
        try (StorageEngine engine = opener.inMemory()) {
            String eventsName = tableName(random);
            String profilesName = tableName(random) + "_2";
            engine.createEventsTable(
                    eventsName, events.iterator(), facts(TableType.EVENTS), LoadProgress.NONE, BatchSize.DEFAULT);
            engine.createProfilesTable(
                    profilesName, profiles.iterator(), facts(TableType.PROFILES), LoadProgress.NONE, BatchSize.DEFAULT);

            assertSame(seed, given, engine, "insert_id", eventsName);
            assertSame(seed, given, engine, "distinct_id", profilesName);
        }
    }

    private static void assertSame(long seed, List<ObjectNode> given, StorageEngine engine, String key, String table)
            throws IOException {
        List<List<Object>> rows = engine.executeRows("SELECT properties::VARCHAR FROM " + Identifier.quoted(table)
                + " ORDER BY substr(" + key + ", 2)::INTEGER");
        assertThat(rows).as("seed %d", seed).hasSameSizeAs(given);
        for (int i = 0; i < given.size(); i++) {
            String stored = (String) rows.get(i).get(0);
            assertThat(stored).as("seed %d, %d", seed, i).isEqualTo(given.get(i).toString());
            JsonNode read = JSON.readTree(stored);
            assertThat(read)
                    .as("seed %d, %d", seed, i)
                    .isEqualTo(JSON.readTree(given.get(i).toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void any_name_that_is_quoted_names_one_table_and_runs_nothing(long seed) {
        Random random = new Random(seed);
        try (StorageEngine engine = opener.inMemory()) {
            for (int i = 0; i < 50; i++) {
                String name =
                        text(random, 1 + random.nextInt(40)).replace("\0", "") + "\"".repeat(random.nextInt(4)) + "x";
                String quoted = Identifier.quoted(name);
                engine.execute("CREATE TABLE " + quoted + " (value INTEGER)");
                engine.execute("INSERT INTO " + quoted + " VALUES (42)");

                assertThat(engine.executeScalar("SELECT value FROM " + quoted))
                        .as("seed %d, %s", seed, name)
                        .isEqualTo(42);
                assertThat(engine.executeRows("SELECT table_name FROM duckdb_tables()"))
                        .as("seed %d, %s", seed, name)
                        .containsExactly(List.of(name));
                engine.execute("DROP TABLE " + quoted);
                assertThat(engine.tableExists(name))
                        .as("seed %d, %s", seed, name)
                        .isFalse();
            }
        }
    }

    private static TableMetadata facts(TableType type) {
        return TableMetadata.of(type, Instant.EPOCH);
    }

    private static String tableName(Random random) {
        StringBuilder name = new StringBuilder("t");
        for (int i = random.nextInt(30); i > 0; i--) {
            name.append(TABLE_LETTERS.charAt(random.nextInt(TABLE_LETTERS.length())));
        }
        return name.toString();
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(text(random, random.nextInt(12)), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().numberNode(new BigInteger(120, random));
            case 4 ->
                JSON.getNodeFactory().numberNode(new BigDecimal(new BigInteger(90, random), random.nextInt(60) - 30));
            case 5 -> JSON.getNodeFactory().numberNode(random.nextGaussian() * 1e-200);
            case 6 -> JSON.getNodeFactory().textNode(text(random, random.nextInt(40)));
            case 7 -> object(random, depth - 1);
            default -> array(random, depth - 1);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(value(random, depth));
        }
        return array;
    }

    /** Letters from everywhere, control characters and quotes among them; never half a character. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int codePoint =
                    switch (random.nextInt(6)) {
                        case 0 -> "\"'\\;$-/*%{}[]".charAt(random.nextInt(13));
                        case 1 -> random.nextInt(0x20);
                        case 2 -> 0x1F300 + random.nextInt(0x200);
                        case 3 -> 0x80 + random.nextInt(0x700);
                        default -> 'a' + random.nextInt(26);
                    };
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
