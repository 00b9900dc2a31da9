package io.github.tandemfetch.cli;

import io.github.tandemfetch.load.InvalidRecordPolicy;
import io.github.tandemfetch.load.LoadMode;
import io.github.tandemfetch.load.LoadRequest;
import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.TableType;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the loading of events and that of profiles have in common. */
public class LoadOptions {
    @Parameters(index = "0", paramLabel = "NAME", description = "The table: letters A to Z, digits, underscores.")
    String table;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "JSON Lines, JSON or CSV, plain or gzip; - reads standard input.")
    String source;

    @ArgGroup
    Mode mode = new Mode();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "2500",
            description = "Batch size in records, 100 to 100,000. Default: ${DEFAULT-VALUE}.")
    int batchSize;

    @Option(
            names = "--on-error",
            paramLabel = "ACTION",
            converter = OnErrorActions.class,
            completionCandidates = OnErrorActions.class,
            defaultValue = "fail",
            description = "Invalid records: fail (load nothing) or skip (load the rest, exit 5); default: fail.")
    InvalidRecordPolicy onError;

    @Option(names = "--progress", description = "Show progress even if standard error is not a terminal.")
    boolean progress;

    /** What becomes of a table that is there already. */
    static class Mode {
        @Option(names = "--append", description = "Append to a table; existing keys are kept.")
        boolean append;

        @Option(names = "--replace", description = "Replace the table.")
        boolean replace;

        LoadMode chosen() {
            if (append) {
                return LoadMode.APPEND;
            }
            return replace ? LoadMode.REPLACE : LoadMode.CREATE;
        }
    }

    LoadRequest request(TableType type) {
        Path file = source.equals("-") ? null : Path.of(source);
        return new LoadRequest(table, type, file, mode.chosen(), new BatchSize(batchSize), onError);
    }
}
