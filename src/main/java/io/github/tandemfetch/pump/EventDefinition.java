package io.github.tandemfetch.pump;

import java.util.Map;
import java.util.Optional;

/**
 * A kind of event in the pump's history log.
 *
 * @param name {@code LID_…}
 * @param properties by name
 */
public record EventDefinition(int code, String name, Map<String, PropertyDefinition> properties) {

    /** The definition of a property; empty for an unknown one, which is not an error. */
    Optional<PropertyDefinition> property(String property) {
        return Optional.ofNullable(properties.get(property));
    }
}
