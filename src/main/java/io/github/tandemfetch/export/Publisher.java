package io.github.tandemfetch.export;

import java.nio.file.Path;

/** Takes a complete file, or a complete folder of files, to where it was asked for. */
interface Publisher {
    /**
     * Refuses a place that could not be taken later, before any work is done.
     *
     * @param target the place
     */
    void check(Path target);

    /**
     * Takes it there.
     *
     * @param complete what was written
     * @param target the place
     */
    void publish(Path complete, Path target);
}
