package io.github.tandemfetch.load;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** The file to load from cannot be read. */
public final class SourceNotReadableException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String source;

    SourceNotReadableException(String source, String problem, Throwable cause) {
        super(
                "SOURCE_NOT_READABLE",
                source + " cannot be read: " + problem + ".",
                "Name a file of JSON Lines, JSON or CSV in UTF-8, plain or gzip, or - for standard input. Nothing was stored.",
                ExitStatus.INVALID_USAGE,
                cause);
        this.source = source;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("source", source);
    }
}
