package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.fuzz.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTreeTest {
    private static final String SOUND = """
            {"pumps":[{"assignmentId":"0a1b","serialNumber":"12345678","settings":{"a":[1,-2,3000000000,1.5,1e3,true]}},
             {"assignmentId":"0a1c","modelName":"Müller \\u00e4\\n","lastUploadDate":null,"empty":{},"none":[]}],
             "country":"US","lowGlucoseThreshold":70,"big":123456789012345678901234567890,"again":1,"again":2}
            """;

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private interface Reading {
        JsonNode read(byte[] json) throws IOException;
    }

    private static Optional<JsonNode> tree(Reading reading, byte[] json) throws IOException {
        try {
            return Optional.of(reading.read(json));
        } catch (JsonProcessingException refused) {
            return Optional.empty();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void a_document_becomes_the_tree_that_an_object_mapper_gives() throws IOException {
        byte[] json = SOUND.getBytes(StandardCharsets.UTF_8);

        assertThat(JsonTree.read(json)).isEqualTo(mapper.readTree(json));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_spoilt_document_is_taken_or_refused_as_an_object_mapper_does(long seed) throws IOException {
        byte[] json = new Mutation(seed).of(SOUND);

        assertThat(tree(JsonTree::read, json)).as("seed %d", seed).isEqualTo(tree(mapper::readTree, json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "1,", "[] x", "\"\"\""})
    void what_goes_on_after_its_end_is_refused(String json) {
        assertThatThrownBy(() -> JsonTree.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t"})
    void nothing_but_white_space_is_a_missing_node(String json) throws IOException {
        assertThat(JsonTree.read(json.getBytes(StandardCharsets.UTF_8)).isMissingNode())
                .isTrue();
    }
}
