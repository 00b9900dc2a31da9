package io.github.tandemfetch.clock;

import java.time.LocalDateTime;

/**
 * The first and the last event with a readable stamp of a sequence group.
 *
 * @param group the sequence group
 * @param firstNumber the first event's sequence number
 * @param firstWall what the clock showed then
 * @param lastNumber the last event's sequence number
 * @param lastWall what the clock showed then
 */
public record LogSpan(long group, long firstNumber, LocalDateTime firstWall, long lastNumber, LocalDateTime lastWall) {}
