package io.github.tandemfetch.query.format;

import java.io.Writer;
import java.util.function.BiFunction;

/** The formats by their names on the command line. */
public enum OutputFormat {
    /** Columns of text that line up, for reading. */
    TABLE(TableFormat::new),
    /** RFC 4180. */
    CSV((out, width) -> new CsvFormat(out)),
    /** One array of objects. */
    JSON((out, width) -> new JsonFormat(out)),
    /** An object a line. */
    JSONL((out, width) -> new JsonLinesFormat(out)),
    /** A table for a text in Markdown. */
    MARKDOWN((out, width) -> new MarkdownFormat(out));

    private final BiFunction<Writer, Integer, RowFormat> constructor;

    OutputFormat(BiFunction<Writer, Integer, RowFormat> constructor) {
        this.constructor = constructor;
    }

    /**
     * Begins to write.
     *
     * @param out where to write
     * @param widestCell how much of a value a format for reading shows
     * @return the format
     */
    public RowFormat on(Writer out, int widestCell) {
        return constructor.apply(out, widestCell);
    }
}
