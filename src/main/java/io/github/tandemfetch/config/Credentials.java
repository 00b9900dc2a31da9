package io.github.tandemfetch.config;

import java.util.Objects;

/**
 * What a login needs. As text it shows neither the e-mail address nor the password.
 *
 * @param email the account's e-mail address
 * @param password the account's password
 * @param region where the account was made
 */
public record Credentials(String email, Secret password, Region region) {
    /** All parts are required. */
    public Credentials {
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(region, "region");
    }

    @Override
    public String toString() {
        return "Credentials[" + region + "]";
    }
}
