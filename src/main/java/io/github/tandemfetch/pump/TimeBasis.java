package io.github.tandemfetch.pump;

/** How the UTC time of an event was found; stored beside it, so that a doubtful time never looks like a sure one. */
public enum TimeBasis {
    /** The person's time zone gives exactly one UTC time for the wall-clock time. */
    ZONE_RULE,
    /** The wall-clock time came twice that day (clocks were set back): the first, summer-time one was taken. */
    ZONE_RULE_AMBIGUOUS,
    /** The wall-clock time was skipped that day (clocks were set forward): the offset before the change was taken. */
    ZONE_RULE_SKIPPED,
    /** The event carries no readable wall-clock time, so it has no UTC time either. */
    UNKNOWN;

    private final String label = name().toLowerCase(java.util.Locale.ROOT);

    /**
     * The name in the database and in exports.
     *
     * @return such as {@code zone_rule}
     */
    public String label() {
        return label;
    }
}
