package io.github.tandemfetch.load;

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
        return new ProfileRecord(fields.text("distinct_id"), fields.raw("properties"), fields.text("last_seen"));
    }

    private static ProfileRecord exported(JsonFields fields) throws MalformedRecordException {
        String distinctId = fields.text("$distinct_id");
        JsonFields properties = fields.object("$properties");
        String lastSeen = properties.text("$last_seen");
        return new ProfileRecord(distinctId, properties.rest(), lastSeen);
    }
}
