package io.github.tandemfetch.load.engine;

import java.util.Iterator;

/**
 * What is to be stored in which table.
 *
 * @param <R> the records
 * @param table the table
 * @param rows how the records become rows
 * @param records the records
 * @param facts where they come from
 * @param progress is told the number of rows after each batch
 * @param batchSize how many are taken at once
 */
record Load<R>(
        TableName table,
        RowWriter<R> rows,
        Iterator<? extends R> records,
        TableMetadata facts,
        LoadProgress progress,
        BatchSize batchSize) {
    Load {
        if (facts.type() != rows.type()) {
            throw new InvalidMetadataException(
                    "The metadata say " + facts.type().text() + ", the records are "
                            + rows.type().text() + ".",
                    "Give metadata of the type " + rows.type().text() + ".");
        }
    }

    Load<R> into(TableName other) {
        return new Load<>(other, rows, records, facts, progress, batchSize);
    }
}
