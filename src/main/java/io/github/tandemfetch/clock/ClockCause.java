package io.github.tandemfetch.clock;

import java.util.Locale;

/** Why a pump's clock shows another offset from some event on. */
public enum ClockCause {
    /** The log begins. */
    LOG_START,
    /** The log started over in another sequence group. */
    LOG_RESTART,
    /** The clock was moved from one of the zone's offsets to the other, as daylight saving asks for. */
    DAYLIGHT_SAVING,
    /** The clock was moved by an hour, or several, or parts of one: another time zone. */
    TIME_ZONE,
    /** The clock was corrected by less than a quarter of an hour. */
    CORRECTION,
    /** The date was changed. */
    DATE,
    /** The clock was set after it had lost its time. */
    SET_AFTER_LOSS,
    /** The pump woke up with its clock in 2008; nothing announces that. */
    CLOCK_LOST,
    /** The clock moved with the zone's rule by itself. */
    AUTOMATIC,
    /** The clock was moved, but the event that says by how much is missing or incomplete. */
    UNANNOUNCED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The name in the database and in JSON.
     *
     * @return such as {@code daylight_saving}
     */
    public String label() {
        return label;
    }
}
