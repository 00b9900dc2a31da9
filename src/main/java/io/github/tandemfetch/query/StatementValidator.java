package io.github.tandemfetch.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has the engine's own parser check that a text is one SELECT or EXPLAIN statement before anything of it runs: a driver
 * runs every statement of a text. Changes within a SELECT are not detected here; the engine refuses them, since the
 * file is open read-only.
 */
final class StatementValidator {
    // A statement that is nested too deeply is the engine's to refuse.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final String COMMENTS = "(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*+";
    private static final Pattern EXPLAIN = Pattern.compile(
            COMMENTS + "(EXPLAIN\\b(?:\\s+ANALYZE\\b|\\s*\\(\\s*(?:ANALYZE|FORMAT)\\b[\\w\\s,]*\\))?)(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Database database;

    StatementValidator(Database database) {
        this.database = database;
    }

    /**
     * Parses a text.
     *
     * @throws DatabaseException where it is not one read-only statement
     * @throws QueryFailedException where it has a syntax error
     */
    ReadOnlyStatement validate(String sql) {
        Matcher explained = EXPLAIN.matcher(sql);
        return explained.matches() ? selection(explained.group(2)).explainedBy(explained.group(1)) : selection(sql);
    }

    private ReadOnlyStatement selection(String sql) {
        JsonNode parsed = parse(sql);
        if (isSyntaxError(parsed)) {
            // The engine's suggestion, if any, follows the first line.
            String[] message = parsed.path("error_message").asText().split("\\R", 2);
            throw QueryFailedException.notUnderstood(
                    sql, message[0], message.length < 2 ? "" : oneLine(message[1]), null);
        }
        if (isNoSingleSelection(parsed)) {
            return pivot(sql);
        }
        int statements = parsed.path("statements").size();
        if (statements != 1) {
            throw QueryErrors.refused(
                    statements == 0 ? "The query is empty." : "The query has " + statements + " statements.");
        }
        String bare = bare(sql);
        // A text with a comment after the semicolon cannot be put in parentheses; its canonical form can.
        boolean fits = !parse(inParentheses(bare)).path("error").asBoolean();
        return ReadOnlyStatement.selecting(fits ? bare : canonical(sql));
    }

    /**
     * The engine splits a PIVOT without a list of columns into two statements. It is still a selection if it has no
     * semicolon and may stand in parentheses after FROM.
     */
    private ReadOnlyStatement pivot(String sql) {
        String bare = bare(sql);
        if (bare.indexOf(';') >= 0 || !isNoSingleSelection(parse(inParentheses(bare)))) {
            throw QueryErrors.refused("This is not a read-only query.");
        }
        return ReadOnlyStatement.pivoting(bare);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static boolean isSyntaxError(JsonNode parsed) {
        return "parser".equals(parsed.path("error_type").asText());
    }

    private static boolean isNoSingleSelection(JsonNode parsed) {
        return parsed.path("error").asBoolean() && !isSyntaxError(parsed);
    }

    private static String inParentheses(String selection) {
        // The line break ends a comment in the last line.
        return "SELECT * FROM (" + selection + "\n)";
    }

    private static String bare(String sql) {
        String bare = sql.strip();
        while (bare.endsWith(";")) {
            bare = bare.substring(0, bare.length() - 1).strip();
        }
        return bare;
    }

    private String canonical(String sql) {
        return database.first("SELECT json_deserialize_sql(json_serialize_sql(?))", row -> row.getString(1), sql)
                .orElseThrow();
    }

    private JsonNode parse(String sql) {
        String tree = database.first("SELECT json_serialize_sql(?)", row -> row.getString(1), sql)
                .orElseThrow();
        try {
            return JSON.readTree(tree);
        } catch (JsonProcessingException e) {
            throw QueryErrors.refused("The query is nested too deeply.", e);
        }
    }
}
