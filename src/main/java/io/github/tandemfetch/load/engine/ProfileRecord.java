package io.github.tandemfetch.load.engine;

/**
 * A profile to be stored. It is checked when it is stored, so that a failure can name its place among the others.
 *
 * @param distinctId whose profile it is; of several with the same, the first is kept
 * @param properties the facts, the text of a JSON object
 * @param lastSeen when the person was last seen, in ISO 8601: with an offset from UTC, or in UTC; null where unknown
 */
public record ProfileRecord(String distinctId, String properties, String lastSeen) {}
