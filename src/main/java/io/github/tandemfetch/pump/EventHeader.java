package io.github.tandemfetch.pump;

import java.time.LocalDateTime;

/**
 * The fields that every event has.
 *
 * @param sequenceGroup the number of restarts of the pump's log; null where it is not a whole number
 * @param sequenceNumber the position within the group; null likewise
 * @param eventCode null likewise
 * @param pumpTimestamp the pump's wall clock; null where it cannot be read
 */
public record EventHeader(Long sequenceGroup, Long sequenceNumber, Long eventCode, LocalDateTime pumpTimestamp) {}
