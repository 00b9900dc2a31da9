package io.github.tandemfetch.domain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * Events of one pump and code that should carry a value, and of which it cannot be read: the property is not there, is
 * none of the numbers that it can be, or has another name.
 *
 * @param eventCode the events' code
 * @param events how many
 * @param firstSequenceGroup the group of the first of them
 * @param firstSequenceNumber its number
 * @param firstPumpTimestamp what the pump's clock showed then; null where that is not known
 * @param formatChanged whether there is a day of which half of the events of this code, and at least three, cannot be
 *     read: then the service sends something else than it did. A single one now and then is how the service is.
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record UnreadableKind(
        String pumpSerial,
        int eventCode,
        long events,
        long firstSequenceGroup,
        long firstSequenceNumber,
        LocalDateTime firstPumpTimestamp,
        boolean formatChanged) {

    /**
     * The same in a sentence.
     *
     * @return what cannot be read, and where it begins
     */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "Pump %s: the %s cannot be read in %,d event%s of code %d, from group %d, number %d%s on%s.",
                pumpSerial,
                valueName(),
                events,
                events == 1 ? "" : "s",
                eventCode,
                firstSequenceGroup,
                firstSequenceNumber,
                firstPumpTimestamp == null ? "" : " (" + firstPumpTimestamp + ", pump clock)",
                formatChanged ? "; the service seems to have changed what it sends" : "");
    }

    private String valueName() {
        return DomainTables.ALL.stream()
                .filter(table -> table.eventCodes().contains(eventCode))
                .findFirst()
                .map(DomainTable::valueName)
                .orElse("value");
    }
}
