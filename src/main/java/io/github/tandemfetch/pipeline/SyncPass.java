package io.github.tandemfetch.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of one of many runs of the pipeline.
 *
 * @param newEvents how many events were parsed in it, those that an earlier run had fetched and not parsed included
 * @param newestEvent the time of the newest event in the database, UTC; empty where there is none
 * @param complete false where the service seems not to have sent everything, or lists a pump that cannot be fetched
 * @param databaseOpened false where the service had nothing new, so that the database was not looked at
 */
public record SyncPass(long newEvents, Optional<Instant> newestEvent, boolean complete, boolean databaseOpened) {}
