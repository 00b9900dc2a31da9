package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Why sequence numbers are missing from a pump's log. */
@RegisterForReflection
public enum GapKind {
    /** The service was not asked for them yet, or its answer was not worth anything. */
    NOT_FETCHED("not_fetched"),
    /** The service was asked and does not have them; the pump may still hold them and upload them. */
    NEVER_UPLOADED("never_uploaded"),
    /** The service was asked and does not have them, and the pump has them no more. */
    LOST_ON_PUMP("lost_on_pump");

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
