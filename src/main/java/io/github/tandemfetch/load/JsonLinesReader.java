package io.github.tandemfetch.load;

import java.io.IOException;

/** Reads JSON Lines: one record on each line that is not blank. */
final class JsonLinesReader implements RecordReader {
    private final LineReader lines;
    private String text;

    JsonLinesReader(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public boolean advance() throws IOException {
        do {
            text = lines.next();
        } while (text != null && text.isBlank());
        return text != null;
    }

    @Override
    public JsonFields fields() throws MalformedRecord {
        if (!lines.isUtf8()) {
            throw new MalformedRecord(null, "is not UTF-8");
        }
        return JsonFields.of(text);
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
