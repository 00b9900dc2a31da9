package io.github.tandemfetch.simulator;

import java.time.LocalDate;
import java.util.Optional;

/**
 * An answered request, without secrets: of a query only the window is kept.
 *
 * @param from the first date of a pump-logs window, or empty
 * @param to the last date of a pump-logs window, or empty
 */
public record RecordedRequest(
        RequestKind kind, String method, String path, Optional<LocalDate> from, Optional<LocalDate> to, int status) {}
