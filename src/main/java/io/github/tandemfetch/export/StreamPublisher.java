package io.github.tandemfetch.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hands a complete file on as a stream of bytes: who reads it gets all of it, or nothing. */
final class StreamPublisher implements Publisher {
    private final OutputStream stream;

    StreamPublisher(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void check(Path target) {
        // A stream has no name that could be taken.
    }

    @Override
    public void publish(Path complete, Path target) {
        try {
            Files.copy(complete, stream);
            stream.flush();
        } catch (IOException e) {
            throw ExportException.streamClosed(e);
        }
    }
}
