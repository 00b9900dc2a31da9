package io.github.tandemfetch.cli;

import io.github.tandemfetch.cli.format.FormatName;
import io.github.tandemfetch.cli.format.ResultFormat;
import io.github.tandemfetch.store.query.RowSink;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Prints rows to standard output in the format that was asked for. */
@Singleton
public class ResultPrinter {
    private static final int WIDEST_CELL_ON_A_TERMINAL = 80;

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
        FormatName name = options.format;
        if (name == null) {
            name = output.isJson() ? FormatName.JSON : FormatName.TABLE;
        }
        try (Writer out = output.dataWriter()) {
            ResultFormat format = name.on(out, terminal.isOutput() ? WIDEST_CELL_ON_A_TERMINAL : Integer.MAX_VALUE);
            result.accept(format);
            format.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
