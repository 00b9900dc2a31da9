package io.github.tandemfetch.pump;

import java.time.LocalDateTime;

/**
 * What every event says of itself, beside its properties.
 *
 * @param sequenceGroup counts the times the pump's log started over; null where it is not a whole number
 * @param sequenceNumber the position within the group; null likewise
 * @param eventCode the event's code; null likewise
 * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
 */
public record EventHeader(Long sequenceGroup, Long sequenceNumber, Long eventCode, LocalDateTime pumpTimestamp) {}
