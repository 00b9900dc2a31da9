package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.failure.DatabaseException;

/** The database engine's library could not be loaded, so no database can be opened. */
public final class EngineLibraryException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    EngineLibraryException(String message, String remedy, Throwable cause) {
        super("ENGINE_NOT_LOADED", message, remedy, cause);
    }
}
