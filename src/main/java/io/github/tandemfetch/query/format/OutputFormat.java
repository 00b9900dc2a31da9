package io.github.tandemfetch.query.format;

import java.io.Writer;
import java.util.function.BiFunction;

/** The output formats, by their names on the command line. */
public enum OutputFormat {
    /** Aligned columns. */
    TABLE(TableFormat::new),
    /** RFC 4180. */
    CSV((out, width) -> new CsvFormat(out)),
    /** One array of objects. */
    JSON((out, width) -> new JsonFormat(out)),
    /** One object per line. */
    JSONL((out, width) -> new JsonLinesFormat(out)),
    /** A Markdown table. */
    MARKDOWN((out, width) -> new MarkdownFormat(out));

    private final BiFunction<Writer, Integer, RowFormat> constructor;

    OutputFormat(BiFunction<Writer, Integer, RowFormat> constructor) {
        this.constructor = constructor;
    }

    /** @param widestCell the maximum width of a value in {@link #TABLE} */
    public RowFormat on(Writer out, int widestCell) {
        return constructor.apply(out, widestCell);
    }
}
