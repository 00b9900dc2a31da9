package io.github.tandemfetch.load.engine;

/**
 * An event to be stored. It is checked when it is stored, so that a failure can name its place among the others.
 *
 * @param eventName what happened
 * @param eventTime when, in ISO 8601: with an offset from UTC, or in UTC
 * @param distinctId who did it; may be empty
 * @param insertId what tells the event from all others; of several with the same, the first is kept
 * @param properties further facts, the text of a JSON object
 */
public record EventRecord(String eventName, String eventTime, String distinctId, String insertId, String properties) {}
