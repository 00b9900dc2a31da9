package io.github.tandemfetch.config;

import java.util.Objects;
import java.util.Optional;

/**
 * A value with the place it came from.
 *
 * @param value the value, or null where there is none
 * @param origin where it came from
 * @param <T> the value's type
 */
public record Setting<T>(T value, SettingOrigin origin) {
    /** The origin is required. */
    public Setting {
        Objects.requireNonNull(origin, "origin");
    }

    static <T> Setting<T> notSet() {
        return new Setting<>(null, SettingOrigin.of(SettingOrigin.Kind.NOT_SET));
    }

    /**
     * Whether there is a value.
     *
     * @return false where no place has one
     */
    public boolean isSet() {
        return value != null;
    }

    /**
     * The value as an optional.
     *
     * @return empty where no place has one
     */
    public Optional<T> optional() {
        return Optional.ofNullable(value);
    }

    /** Leaves the value out: it may be a person's. */
    @Override
    public String toString() {
        return "Setting[" + origin.text() + "]";
    }
}
