package io.github.tandemfetch.clock;

/** How the UTC time of an event was found; stored beside it, so that a doubtful time never looks like a sure one. */
public enum TimeBasis {
    /** The clock changes that the pump logged lead from a known offset to this event, without a gap. */
    TIMELINE,
    /** No clock change is known around the event; the offset is that of the person's time zone. */
    ZONE_RULE,
    /** No offset is known; the event was placed between its neighbors in the log. */
    INTERPOLATED,
    /** The event carries no readable wall-clock time, or nothing tells what it means: it has no UTC time. */
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

    /**
     * The basis of a name in the database.
     *
     * @param label such as {@code zone_rule}
     * @return the basis
     * @throws IllegalArgumentException where there is none of that name
     */
    public static TimeBasis ofLabel(String label) {
        for (TimeBasis basis : values()) {
            if (basis.label.equals(label)) {
                return basis;
            }
        }
        throw new IllegalArgumentException("no such time basis");
    }
}
