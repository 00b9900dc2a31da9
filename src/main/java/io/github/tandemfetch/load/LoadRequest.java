package io.github.tandemfetch.load;

import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.TableType;
import java.nio.file.Path;

/**
 * What to load.
 *
 * @param table the table's name
 * @param type what the records are
 * @param source a file of JSON Lines, JSON or CSV, plain or gzip; null for standard input
 * @param mode what becomes of a table that is there already
 * @param batchSize how many records are taken at once
 * @param onError what becomes of invalid records
 */
public record LoadRequest(
        String table, TableType type, Path source, LoadMode mode, BatchSize batchSize, InvalidRecordPolicy onError) {}
