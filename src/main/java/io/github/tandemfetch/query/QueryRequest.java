package io.github.tandemfetch.query;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A person's own statement.
 *
 * @param sql one statement that only reads
 * @param parameters the text for each {@code $name} in it
 * @param limit how many rows at most; empty for all
 * @param timeout how long it may take; null for as long as it wants
 */
public record QueryRequest(String sql, Map<String, String> parameters, OptionalLong limit, Duration timeout) {
    /** Keeps the parameters from changing. */
    public QueryRequest {
        parameters = Map.copyOf(parameters);
    }
}
