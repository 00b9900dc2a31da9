package io.github.tandemfetch.config;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** A password or token that cannot be printed by accident: as text and as JSON it is asterisks, of a fixed number. */
@RegisterForReflection
public final class Secret {
    private static final String MASK = "********";

    private final String value;

    /**
     * Wraps a secret.
     *
     * @param value the secret, kept exactly as it is
     */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * The secret itself, for the one place that sends or stores it.
     *
     * @return the value exactly as given
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Asterisks, whatever the secret. */
    @Override
    @JsonValue
    public String toString() {
        return MASK;
    }
}
