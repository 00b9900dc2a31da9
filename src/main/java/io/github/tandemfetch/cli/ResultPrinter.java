package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.format.OutputFormat;
import io.github.tandemfetch.query.format.RowFormat;
import io.github.tandemfetch.query.format.TableFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Prints rows to standard output in the format that was asked for. */
@Singleton
public class ResultPrinter {
    private static final int WIDEST_CELL_ON_A_TERMINAL = 80;

    // As many as line up.
    private static final long MOST_ROWS_ON_A_TERMINAL = TableFormat.ROWS_MEASURED;

    private final Output output;
    private final Terminal terminal;

    ResultPrinter(Output output, Terminal terminal) {
        this.output = output;
        this.terminal = terminal;
    }

    /**
     * Prints a result.
     *
     * @param options the format
     * @param result gives the rows
     */
    public void print(FormatOptions options, Consumer<RowSink> result) {
        print(format(options), result);
    }

    /**
     * Prints a result, of which a table on a terminal shows only the first rows and says so.
     *
     * @param options the format
     * @param result gives the rows, no more than it is told
     */
    public void printFirst(FormatOptions options, BiConsumer<OptionalLong, RowSink> result) {
        OutputFormat name = format(options);
        if (name != OutputFormat.TABLE || !terminal.isOutput()) {
            print(name, rows -> result.accept(OptionalLong.empty(), rows));
            return;
        }
        AtomicBoolean more = new AtomicBoolean();
        print(name, rows -> {
            FirstRows first = new FirstRows(rows, MOST_ROWS_ON_A_TERMINAL);
            // One more tells whether there are more.
            result.accept(OptionalLong.of(MOST_ROWS_ON_A_TERMINAL + 1), first);
            more.set(first.isExceeded());
        });
        if (more.get()) {
            // Even with --quiet, since the table looks complete.
            output.note(String.format(
                    Locale.ROOT,
                    "Showing the first %,d rows. There are more: use --all to show them.",
                    MOST_ROWS_ON_A_TERMINAL));
        }
    }

    private void print(OutputFormat name, Consumer<RowSink> result) {
        try (Writer out = output.dataWriter()) {
            RowFormat format = name.on(out, terminal.isOutput() ? WIDEST_CELL_ON_A_TERMINAL : TableFormat.ANY_WIDTH);
            result.accept(format);
            format.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputFormat format(FormatOptions options) {
        if (options.format != null) {
            if (output.isJson() && options.format != OutputFormat.JSON) {
                throw new TandemException(
                        "INVALID_ARGUMENTS",
                        "--json and --format " + options.format.name().toLowerCase(Locale.ROOT)
                                + " contradict each other.",
                        "Leave one of them out.",
                        ExitStatus.INVALID_USAGE);
            }
            return options.format;
        }
        return output.isJson() ? OutputFormat.JSON : OutputFormat.TABLE;
    }
}
