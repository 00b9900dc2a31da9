package io.github.tandemfetch.load.engine;

/**
 * Checks single records as a load does, without storing them: for input of which only the invalid records are to be left
 * out.
 */
public final class RecordValidator {
    private final EventRowWriter events = new EventRowWriter();
    private final ProfileRowWriter profiles = new ProfileRowWriter();
    private final FieldValidator fields = new FieldValidator();

    /**
     * Checks an event.
     *
     * @param event the event
     * @throws InvalidRecordException where it cannot be stored; its index counts the checked records
     */
    public void check(EventRecord event) {
        fields.next();
        events.row(event, fields);
    }

    /**
     * Checks a profile.
     *
     * @param profile the profile
     * @throws InvalidRecordException where it cannot be stored; its index counts the checked records
     */
    public void check(ProfileRecord profile) {
        fields.next();
        profiles.row(profile, fields);
    }
}
