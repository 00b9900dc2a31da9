package io.github.tandemfetch.load.engine;

/**
 * Checks single records as a load does, without storing them: for input of which only the invalid records are to be left
 * out.
 */
public final class RecordCheck {
    private final EventRows events = new EventRows();
    private final ProfileRows profiles = new ProfileRows();
    private final FieldCheck fields = new FieldCheck();

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
