package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;

/** The storage engine has been closed. */
public final class EngineClosedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    EngineClosedException() {
        super("ENGINE_CLOSED", "The storage engine has been closed.", "Open another one.", null);
    }
}
