package io.github.tandemfetch.history;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Why sequence numbers are missing from a pump's log; docs/completeness.md has the rules. */
@RegisterForReflection
public enum GapKind {
    /** The service has not answered whole for the days around the gap. */
    NOT_FETCHED("not_fetched"),
    /** The service answered and does not have them; the pump may still hold them and upload them. */
    NEVER_UPLOADED("never_uploaded"),
    /** The service answered and does not have them, and the pump does not hold them any more. */
    LOST_ON_PUMP("lost_on_pump"),
    /** Part of a pattern: small gaps on nearly every day, as of event codes that the service never sends. */
    NOT_SENT("not_sent");

    private final String label;

    GapKind(String label) {
        this.label = label;
    }

    /**
     * The name in JSON and in reports.
     *
     * @return such as {@code not_fetched}
     */
    @JsonValue
    public String label() {
        return label;
    }
}
