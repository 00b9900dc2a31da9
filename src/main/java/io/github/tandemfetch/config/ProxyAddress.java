package io.github.tandemfetch.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param host its name or address, an IPv6 address without brackets
 * @param port its port
 * @param user who logs in to it, if anyone
 * @param password the password of that user, possibly empty
 */
public record ProxyAddress(String host, int port, Optional<String> user, Secret password) {
    /** All parts are required. */
    public ProxyAddress {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /**
     * What the proxy is asked with, for Basic authentication.
     *
     * @return the value of the header {@code Proxy-Authorization}, a secret; empty where there is no user
     */
    public Optional<String> authorization() {
        return user.map(name -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Host and port; the user and the password are left out. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
