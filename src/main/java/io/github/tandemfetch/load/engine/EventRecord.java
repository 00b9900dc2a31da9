package io.github.tandemfetch.load.engine;

/**
 * An event to store. It is validated when it is stored, so that a failure can name its position.
 *
 * @param eventTime ISO 8601, with an offset or in UTC
 * @param distinctId the user; may be empty
 * @param insertId the unique key; the first event with a key is kept
 * @param properties the text of a JSON object
 */
public record EventRecord(String eventName, String eventTime, String distinctId, String insertId, String properties) {}
