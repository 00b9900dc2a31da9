package io.github.tandemfetch.pump;

import java.util.Map;
import java.util.Optional;

/**
 * A kind of event in the pump's history log.
 *
 * @param code the event's code
 * @param name the event's name, {@code LID_…}
 * @param properties what it carries, by property name
 */
public record EventDefinition(int code, String name, Map<String, PropertyDefinition> properties) {

    /**
     * The definition of one property.
     *
     * @param property the name in the service's JSON
     * @return empty for a property the catalogue does not know, which is no error
     */
    Optional<PropertyDefinition> property(String property) {
        return Optional.ofNullable(properties.get(property));
    }
}
