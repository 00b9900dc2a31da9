package io.github.tandemfetch.load;

import com.fasterxml.jackson.core.JsonToken;
import io.github.tandemfetch.load.engine.EventRecord;
import java.time.Instant;

/**
 * Parses an event: either flat, or in Mixpanel's export form, which has {@code event}, and {@code time} (seconds since
 * 1970), {@code distinct_id} and {@code $insert_id} within {@code properties}.
 */
final class EventRecordParser implements RecordParser<EventRecord> {
    private static final long LAST_SECOND = 253_402_300_799L;

    @Override
    public EventRecord parse(JsonFields fields) throws MalformedRecordException {
        EventRecord event = fields.has("event") && !fields.has("event_name") ? exported(fields) : flat(fields);
        fields.requireEmpty();
        return event;
    }

    private static EventRecord flat(JsonFields fields) throws MalformedRecordException {
        return new EventRecord(
                fields.text("event_name"),
                fields.text("event_time"),
                fields.text("distinct_id"),
                fields.text("insert_id"),
                fields.raw("properties"));
    }

    private static EventRecord exported(JsonFields fields) throws MalformedRecordException {
        String name = fields.text("event");
        JsonFields properties = fields.object("properties");
        String time = time(properties.value("time"));
        String distinctId = properties.text("distinct_id");
        String insertId = properties.text("$insert_id");
        if (insertId == null) {
            throw new MalformedRecordException("$insert_id", "is missing");
        }
        return new EventRecord(name, time, distinctId, insertId, properties.rest());
    }

    private static String time(JsonFields.Field seconds) throws MalformedRecordException {
        if (seconds == null) {
            throw new MalformedRecordException("time", "is missing");
        }
        if (seconds.token() != JsonToken.VALUE_NUMBER_INT || seconds.raw().length() > 12) {
            throw new MalformedRecordException("time", "is not a number of seconds since 1970");
        }
        long second = Long.parseLong(seconds.raw());
        if (second < 0 || second > LAST_SECOND) {
            throw new MalformedRecordException("time", "is not a number of seconds since 1970");
        }
        return Instant.ofEpochSecond(second).toString();
    }
}
