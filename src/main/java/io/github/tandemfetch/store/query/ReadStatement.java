package io.github.tandemfetch.store.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.store.Database;

/**
 * Has the engine's own parser tell whether a text is one statement that selects, before anything of it is run: a driver
 * that is given several runs them all. A statement that would change something inside of a selection is not seen here;
 * the engine refuses it because the file is open for reading only.
 */
final class ReadStatement {
    // A statement that is nested too deeply is the engine's to refuse.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private final Database database;

    ReadStatement(Database database) {
        this.database = database;
    }

    /**
     * Checks a text.
     *
     * @param sql the text
     * @return the same statement, without what ends it
     */
    String only(String sql) {
        JsonNode parsed = parse(sql);
        if (parsed.path("error").asBoolean()) {
            if ("parser".equals(parsed.path("error_type").asText())) {
                throw QueryFailedException.notUnderstood(
                        sql, parsed.path("error_message").asText(), "", null);
            }
            throw new QueryRefusedException("This is no statement that only reads.", null);
        }
        int statements = parsed.path("statements").size();
        if (statements != 1) {
            throw new QueryRefusedException(
                    statements == 0 ? "There is no statement." : "There are " + statements + " statements.", null);
        }
        return withoutEnd(sql);
    }

    private String withoutEnd(String sql) {
        String bare = sql.strip();
        while (bare.endsWith(";")) {
            bare = bare.substring(0, bare.length() - 1).strip();
        }
        // With a comment behind the semicolon the text cannot stand in brackets; as the engine writes it, it can.
        return parse("SELECT * FROM (" + bare + "\n)").path("error").asBoolean() ? asTheEngineWrites(sql) : bare;
    }

    private String asTheEngineWrites(String sql) {
        return database.first("SELECT json_deserialize_sql(json_serialize_sql(?))", row -> row.getString(1), sql)
                .orElseThrow();
    }

    private JsonNode parse(String sql) {
        String tree = database.first("SELECT json_serialize_sql(?)", row -> row.getString(1), sql)
                .orElseThrow();
        try {
            return JSON.readTree(tree);
        } catch (JsonProcessingException e) {
            throw new QueryRefusedException("The statement is too deeply nested.", e);
        }
    }
}
