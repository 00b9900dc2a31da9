package io.github.tandemfetch.store.duckdb;

import java.io.IOException;

/** The program does not carry the library that it was built with: another place to unpack it to does not help. */
final class DamagedLibraryException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedLibraryException(String message) {
        super(message);
    }
}
