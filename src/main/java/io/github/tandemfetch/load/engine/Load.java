package io.github.tandemfetch.load.engine;

import java.util.Iterator;

/**
 * Records to store in a table.
 *
 * @param progress receives the number of rows after each batch
 */
record Load<R>(
        TableName table,
        RowWriter<R> rows,
        Iterator<? extends R> records,
        TableMetadata metadata,
        LoadProgress progress,
        BatchSize batchSize) {
    Load {
        if (metadata.type() != rows.type()) {
            throw EngineErrors.invalidMetadata(
                    "The metadata type is " + metadata.type().text() + ", but the records are "
                            + rows.type().text() + ".",
                    "Pass metadata of type " + rows.type().text() + ".");
        }
    }

    Load<R> into(TableName other) {
        return new Load<>(other, rows, records, metadata, progress, batchSize);
    }
}
