package io.github.tandemfetch.load;

import com.fasterxml.jackson.core.JsonToken;
import io.github.tandemfetch.load.engine.ProfileRecord;

/**
 * Parses a profile: either flat, or in Mixpanel's export form, which has {@code $distinct_id}, and {@code $last_seen}
 * within {@code $properties}.
 */
final class ProfileRecordParser implements RecordParser<ProfileRecord> {
    @Override
    public ProfileRecord parse(JsonFields fields) throws MalformedRecordException {
        ProfileRecord profile =
                fields.has("$distinct_id") && !fields.has("distinct_id") ? exported(fields) : flat(fields);
        fields.requireEmpty();
        return profile;
    }

    private static ProfileRecord flat(JsonFields fields) throws MalformedRecordException {
        if (!fields.has("last_seen")) {
            throw new MalformedRecordException("last_seen", "is missing; use null where it is unknown");
        }
        JsonFields.Field properties = fields.value("properties");
        return new ProfileRecord(
                fields.text("distinct_id"), properties == null ? null : properties.raw(), fields.text("last_seen"));
    }

    private static ProfileRecord exported(JsonFields fields) throws MalformedRecordException {
        String distinctId = fields.text("$distinct_id");
        JsonFields.Field given = fields.value("$properties");
        if (given == null || given.token() != JsonToken.START_OBJECT) {
            throw new MalformedRecordException("$properties", "is not a JSON object");
        }
        JsonFields properties = JsonFields.of(given.raw());
        String lastSeen = properties.text("$last_seen");
        return new ProfileRecord(distinctId, properties.rest(), lastSeen);
    }
}
