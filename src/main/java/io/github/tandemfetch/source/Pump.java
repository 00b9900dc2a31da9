package io.github.tandemfetch.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A pump on the account. Everything but the two identifiers may be null: the service leaves fields out, and a pump that
 * never uploaded has no dates.
 *
 * @param assignmentId what the data calls name the pump by
 * @param serialNumber the number on the pump; the assignment id where the service does not say it
 * @param modelNumber the model's number
 * @param modelName the model's name
 * @param softwareVersion the pump's software
 * @param partNumber the part number
 * @param algorithm the automation it runs
 * @param glucoseUnit the unit the person reads, not the unit of the data
 * @param lastUploadDate when the pump last uploaded, UTC
 * @param maxDateOfEvents the newest event's time, pump clock
 * @param firstDay the first day with data ({@code availableDataRange.start})
 * @param lastDay the last day with data ({@code availableDataRange.end})
 * @param settings the pump's settings as sent
 */
public record Pump(
        String assignmentId,
        String serialNumber,
        String modelNumber,
        String modelName,
        String softwareVersion,
        String partNumber,
        String algorithm,
        String glucoseUnit,
        Instant lastUploadDate,
        LocalDateTime maxDateOfEvents,
        LocalDate firstDay,
        LocalDate lastDay,
        JsonNode settings) {
    /** The two identifiers are required. */
    public Pump {
        Objects.requireNonNull(assignmentId, "assignmentId");
        Objects.requireNonNull(serialNumber, "serialNumber");
    }

    /**
     * Whether there is anything to fetch at all. A pump can have data though its first day is not said.
     *
     * @return false for a pump that never uploaded
     */
    public boolean hasData() {
        return firstDay != null || maxDateOfEvents != null;
    }

    /**
     * Whether the service says the pump's serial number.
     *
     * @return false where the assignment id stands for it
     */
    public boolean hasSerialNumber() {
        return !serialNumber.equals(assignmentId);
    }

    /**
     * The same pump under another serial number.
     *
     * @param newSerialNumber the number
     * @return all else as it is
     */
    public Pump withSerialNumber(String newSerialNumber) {
        return new Pump(
                assignmentId,
                newSerialNumber,
                modelNumber,
                modelName,
                softwareVersion,
                partNumber,
                algorithm,
                glucoseUnit,
                lastUploadDate,
                maxDateOfEvents,
                firstDay,
                lastDay,
                settings);
    }

    /**
     * The pump's settings.
     *
     * @return empty where the service sent none
     */
    public Optional<JsonNode> settingsIfSent() {
        return Optional.ofNullable(settings);
    }

    /** The identifiers only. */
    @Override
    public String toString() {
        return "Pump[" + serialNumber + "]";
    }
}
