package io.github.tandemfetch.load;

import com.fasterxml.jackson.core.JsonToken;
import io.github.tandemfetch.load.engine.ProfileRecord;

/**
 * Parses a profile: either flat, or in Mixpanel's export form, which has {@code $distinct_id}, and {@code $last_seen}
 * within {@code $properties}.
 */
final class ProfileRecordParser implements RecordParser<ProfileRecord> {
    @Override
    public ProfileRecord record(JsonFields fields) throws MalformedRecord {
        ProfileRecord profile =
                fields.has("$distinct_id") && !fields.has("distinct_id") ? exported(fields) : flat(fields);
        fields.expectNoMore();
        return profile;
    }

    private static ProfileRecord flat(JsonFields fields) throws MalformedRecord {
        if (!fields.has("last_seen")) {
            throw new MalformedRecord("last_seen", "is missing; use null where it is unknown");
        }
        JsonFields.Field properties = fields.value("properties");
        return new ProfileRecord(
                fields.text("distinct_id"), properties == null ? null : properties.raw(), fields.text("last_seen"));
    }

    private static ProfileRecord exported(JsonFields fields) throws MalformedRecord {
        String distinctId = fields.text("$distinct_id");
        JsonFields.Field given = fields.value("$properties");
        if (given == null || given.token() != JsonToken.START_OBJECT) {
            throw new MalformedRecord("$properties", "is not a JSON object");
        }
        JsonFields properties = JsonFields.of(given.raw());
        String lastSeen = properties.text("$last_seen");
        return new ProfileRecord(distinctId, properties.rest(), lastSeen);
    }
}
