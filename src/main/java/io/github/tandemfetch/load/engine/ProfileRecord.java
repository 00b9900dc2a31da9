package io.github.tandemfetch.load.engine;

/**
 * A profile to store. It is validated when it is stored, so that a failure can name its position.
 *
 * @param distinctId the unique key; the first profile with a key is kept
 * @param properties the text of a JSON object
 * @param lastSeen ISO 8601, with an offset or in UTC; null where unknown
 */
public record ProfileRecord(String distinctId, String properties, String lastSeen) {}
