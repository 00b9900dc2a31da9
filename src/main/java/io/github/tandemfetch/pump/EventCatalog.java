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
 * Every kind of event this program knows by name. A code outside the catalog is normal: pumps and their software are
 * newer than any list.
 */
public final class EventCatalog {
    private static final String RESOURCE = "event-catalog.txt";

    private final Map<Integer, EventDefinition> definitions;

    EventCatalog(Map<Integer, EventDefinition> definitions) {
        this.definitions = Map.copyOf(definitions);
    }

    /** Reads the bundled catalog. */
    public static EventCatalog load() {
        try (InputStream in = EventCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The event catalog is not packaged: " + RESOURCE);
            }
            return EventCatalogReader.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The definition of a code; empty for an unknown one. */
    public Optional<EventDefinition> definition(int code) {
        return Optional.ofNullable(definitions.get(code));
    }

    /** The stored name of a code: {@code LID_…}, or {@code UNKNOWN_<code>} for an unknown one. */
    public String nameOf(int code) {
        EventDefinition definition = definitions.get(code);
        return definition == null ? "UNKNOWN_" + code : definition.name();
    }

    /** All definitions, in no particular order. */
    Collection<EventDefinition> definitions() {
        return definitions.values();
    }
}
