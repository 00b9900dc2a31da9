package io.github.tandemfetch.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;

/**
 * Writes times and dates as ISO 8601, whatever the mapper is set to, and paths as people write them: Jackson's own way
 * is a {@code file:} URI.
 */
@RegisterForReflection
final class PlainTextSerializer extends JsonSerializer<Object> {
    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeString(value.toString());
    }
}
