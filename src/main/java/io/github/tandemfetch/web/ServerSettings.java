package io.github.tandemfetch.web;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the server listens, and to whom.
 *
 * @param host the address to listen on; with 127.0.0.1, ::1 as well where the machine has it
 * @param port the port; 0 for any that is free
 * @param socket the Unix domain socket to listen on instead; null for address and port
 * @param access who may ask
 * @param downloadTimeout how long a download may make no progress
 */
public record ServerSettings(String host, int port, Path socket, ApiAccess access, Duration downloadTimeout) {}
