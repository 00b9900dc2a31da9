package io.github.tandemfetch.pump;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the catalog's line format, which {@code event-catalog.txt} describes in its own head. */
final class EventCatalogReader {
    private final Map<String, Map<Long, String>> dictionaries = new HashMap<>();
    private final Map<Integer, EventDefinition> definitions = new HashMap<>();

    private Map<Long, String> openDictionary;
    private int eventCode;
    private String eventName;
    private Map<String, PropertyDefinition> properties;
    private PropertyDefinition property;
    private int lineNumber;

    private EventCatalogReader() {}

    static EventCatalog read(BufferedReader lines) throws IOException {
        EventCatalogReader reader = new EventCatalogReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.lineNumber++;
            if (!line.isBlank() && !line.startsWith("#")) {
                reader.line(line);
            }
        }
        reader.endEvent();
        return new EventCatalog(reader.definitions);
    }

    private void line(String line) {
        String[] words = line.strip().split(" ", 3);
        switch (words[0]) {
            case "dictionary" -> openDictionary = dictionaries.computeIfAbsent(words[1], name -> new LinkedHashMap<>());
            case "event" -> beginEvent(Integer.parseInt(words[1]), words[2]);
            case "=" ->
                (openDictionary != null ? openDictionary : property.labels()).put(Long.parseLong(words[1]), words[2]);
            case "bit" -> property.bits().put(Long.parseLong(words[1]), words[2]);
            default -> addProperty(line.strip().split(" "));
        }
    }

    private void beginEvent(int code, String name) {
        endEvent();
        openDictionary = null;
        eventCode = code;
        eventName = name;
        properties = new LinkedHashMap<>();
    }

    private void endEvent() {
        if (eventName != null && definitions.put(eventCode, definitionWithFixedLabels()) != null) {
            throw malformed("code " + eventCode + " twice");
        }
        eventName = null;
    }

    private EventDefinition definitionWithFixedLabels() {
        Map<String, PropertyDefinition> fixed = new LinkedHashMap<>();
        properties.forEach((name, definition) -> fixed.put(
                name,
                new PropertyDefinition(
                        name,
                        definition.type(),
                        definition.offset(),
                        definition.unit(),
                        definition.scale(),
                        Map.copyOf(definition.labels()),
                        Map.copyOf(definition.bits()))));
        return new EventDefinition(eventCode, eventName, Map.copyOf(fixed));
    }

    private void addProperty(String[] words) {
        String[] place = words[1].split("@");
        Optional<String> unit = Optional.empty();
        double scale = 1;
        Map<Long, String> labels = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            String[] attribute = words[i].split("=", 2);
            switch (attribute[0]) {
                case "unit" -> unit = Optional.of(attribute[1]);
                case "scale" -> scale = Double.parseDouble(attribute[1]);
                case "of" -> labels.putAll(dictionary(attribute[1]));
                default -> throw malformed("attribute " + attribute[0]);
            }
        }
        property = new PropertyDefinition(
                words[0],
                PropertyDefinition.BinaryType.valueOf(place[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(place[1]),
                unit,
                scale,
                labels,
                new LinkedHashMap<>());
        if (properties.put(words[0], property) != null) {
            throw malformed("property " + words[0] + " twice");
        }
    }

    private Map<Long, String> dictionary(String name) {
        Map<Long, String> dictionary = dictionaries.get(name);
        if (dictionary == null) {
            throw malformed("dictionary " + name + " is not defined");
        }
        return dictionary;
    }

    private IllegalStateException malformed(String what) {
        return new IllegalStateException("event catalog, line " + lineNumber + ": " + what);
    }
}
