package io.github.tandemfetch.simulator;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One request that the simulator has answered, without anything secret: queries are kept only as the window they asked
 * for.
 *
 * @param kind which call of the protocol
 * @param method the HTTP method
 * @param path the path, without its query
 * @param from the window's first date, for pump logs that name one
 * @param to the window's last date, for pump logs that name one
 * @param status the HTTP status that was answered
 */
public record SeenRequest(
        RequestKind kind, String method, String path, Optional<LocalDate> from, Optional<LocalDate> to, int status) {}
