package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Writes a table to one file. */
final class SingleFileWriter implements TableWriter {
    private final CopyRunner runner;

    SingleFileWriter(CopyRunner runner) {
        this.runner = runner;
    }

    @Override
    public Written write(Path place, SelectedRows rows, long expected, LongConsumer progress) throws IOException {
        long written = runner.copy(place, rows, expected, part -> progress.accept((long) (part * expected)));
        return new Written(written, Files.size(place));
    }
}
