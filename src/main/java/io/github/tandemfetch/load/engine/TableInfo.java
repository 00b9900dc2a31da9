package io.github.tandemfetch.load.engine;

import java.time.Instant;

/**
 * A loaded table.
 *
 * @param name its name
 * @param type what it holds
 * @param rowCount how many rows
 * @param fetchedAt when the last of them were fetched
 */
public record TableInfo(String name, TableType type, long rowCount, Instant fetchedAt) {}
