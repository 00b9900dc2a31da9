package io.github.tandemfetch.load.engine;

/** Validates single records without storing them, so that a load can skip invalid ones. */
public final class RecordValidator {
    private final EventRowWriter events = new EventRowWriter();
    private final ProfileRowWriter profiles = new ProfileRowWriter();
    private final FieldValidator fields = new FieldValidator();

    /** @throws InvalidRecordException where the event cannot be stored; its index counts the validated records */
    public void check(EventRecord event) {
        fields.next();
        events.row(event, fields);
    }

    /** @throws InvalidRecordException where the profile cannot be stored; its index counts the validated records */
    public void check(ProfileRecord profile) {
        fields.next();
        profiles.row(profile, fields);
    }
}
