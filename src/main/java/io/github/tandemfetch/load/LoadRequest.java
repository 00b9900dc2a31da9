package io.github.tandemfetch.load;

import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.TableType;
import java.nio.file.Path;

/**
 * What to load.
 *
 * @param source a file of JSON Lines, JSON or CSV, plain or gzip; null for standard input
 * @param batchSize records per batch
 */
public record LoadRequest(
        String table, TableType type, Path source, LoadMode mode, BatchSize batchSize, InvalidRecordPolicy onError) {}
