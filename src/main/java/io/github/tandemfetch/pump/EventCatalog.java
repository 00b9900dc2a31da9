package io.github.tandemfetch.pump;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Every kind of event this program knows by name. A code outside the catalogue is normal: pumps and their software are
 * newer than any list.
 */
public final class EventCatalog {
    private static final String RESOURCE = "event-catalog.txt";

    private final Map<Integer, EventDefinition> definitions;

    EventCatalog(Map<Integer, EventDefinition> definitions) {
        this.definitions = Map.copyOf(definitions);
    }

    /**
     * Reads the catalogue that comes with the program.
     *
     * @return the catalogue
     */
    public static EventCatalog load() {
        try (InputStream in = EventCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The event catalogue is not packaged: " + RESOURCE);
            }
            return EventCatalogReader.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is known of a code.
     *
     * @param code the event's code
     * @return empty for a code the catalogue does not know
     */
    public Optional<EventDefinition> definition(int code) {
        return Optional.ofNullable(definitions.get(code));
    }

    /**
     * The name an event is stored under.
     *
     * @param code the event's code
     * @return {@code LID_…}, or {@code UNKNOWN_<code>} for a code the catalogue does not know
     */
    public String nameOf(int code) {
        EventDefinition definition = definitions.get(code);
        return definition == null ? "UNKNOWN_" + code : definition.name();
    }

    /**
     * All kinds of event, in no particular order.
     *
     * @return the definitions
     */
    Collection<EventDefinition> definitions() {
        return definitions.values();
    }
}
