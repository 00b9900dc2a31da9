package io.github.tandemfetch.demo;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.nio.file.Path;

/** The demo could not make or remove its own files. */
public final class DemoException extends TandemException {
    private static final long serialVersionUID = 1L;

    private DemoException(String message, String remedy, Throwable cause) {
        super("DEMO_FAILED", message, remedy, ExitStatus.STORAGE_FAILURE, cause);
    }

    static DemoException onFile(Path file, Throwable cause) {
        return new DemoException(
                "The demo cannot replace its own file " + file + ".",
                "Close the program that has it open, or check the permissions of its folder.",
                cause);
    }
}
