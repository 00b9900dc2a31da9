package io.github.tandemfetch.query;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A user's query.
 *
 * @param sql one read-only statement
 * @param parameters the text of each {@code $name} in it
 * @param limit the maximum number of rows; empty for all
 * @param timeout null for none
 */
public record QueryRequest(String sql, Map<String, String> parameters, OptionalLong limit, Duration timeout) {
    /** Keeps the parameters from changing. */
    public QueryRequest {
        parameters = Map.copyOf(parameters);
    }
}
