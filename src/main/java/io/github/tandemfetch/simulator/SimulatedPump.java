package io.github.tandemfetch.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A pump of the simulated account, with its history and the true times. Thread-safe. */
public final class SimulatedPump {
    private static final LocalDate BEFORE_ALL = LocalDate.of(1970, 1, 1);
    private static final LocalDate AFTER_ALL = LocalDate.of(2200, 1, 1);
    private static final int UPLOAD_DELAY_SECONDS = 240;

    private final Model model;
    private final String serial;
    private final String assignmentId;
    private final boolean retired;
    private final PumpHistory history;

    /**
     * A pump model.
     *
     * @param algorithm the name of the dosing algorithm
     */
    record Model(String number, String name, String softwareVersion, String partNumber, String algorithm) {}

    SimulatedPump(Model model, String serial, String assignmentId, boolean retired, PumpHistory history) {
        this.model = model;
        this.serial = serial;
        this.assignmentId = assignmentId;
        this.retired = retired;
        this.history = history;
    }

    public String serial() {
        return serial;
    }

    /** The UUID in the URL of pump logs. */
    public String assignmentId() {
        return assignmentId;
    }

    /** Such as {@code t:slim X2}. */
    public String modelName() {
        return model.name();
    }

    Model model() {
        return model;
    }

    /** Whether the pump is no longer used; it stays listed. */
    public boolean isRetired() {
        return retired;
    }

    /** From the first event's timestamp to the highest one, pump clock; empty for a pump that never uploaded. */
    public Optional<DataRange> availableDataRange() {
        if (history == null) {
            return Optional.empty();
        }
        HistoryIndex index = history.index();
        return Optional.of(new DataRange(wall(index.firstWall()), wall(index.lastWall())));
    }

    /**
     * @param start the first event's timestamp, pump clock
     * @param end the highest timestamp, pump clock; also {@code maxDateOfEvents}
     */
    public record DataRange(LocalDateTime start, LocalDateTime end) {}

    /** In true UTC; empty for a pump that never uploaded. */
    public Optional<Instant> lastUpload() {
        return history == null
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochMilli(history.index().lastTrueMillis()).plusSeconds(UPLOAD_DELAY_SECONDS));
    }

    /** The number of uploaded events, including clock changes. */
    public long eventCount() {
        return history == null ? 0 : history.index().events();
    }

    /** The whole history in sequence order, generated one day at a time. */
    public Stream<SimulatedEvent> events() {
        return events(BEFORE_ALL, AFTER_ALL);
    }

    /**
     * The events between two dates of the pump's clock, inclusive, in sequence order, with the clock changes that are
     * never in {@code events} of a response.
     */
    public Stream<SimulatedEvent> events(LocalDate from, LocalDate to) {
        if (history == null) {
            return Stream.empty();
        }
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        history.events(from, to), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    /** Every announced clock change (codes 13 and 14) so far, in sequence order. */
    public List<SimulatedEvent> clockChanges() {
        return history == null ? List.of() : history.clockChanges();
    }

    /**
     * Adds days to the history and uploads them: earlier events stay identical, byte for byte; the available range,
     * {@code maxDateOfEvents} and {@code lastUploadDate} move.
     *
     * @throws IllegalStateException for a pump without a history
     * @throws IllegalArgumentException for less than a day
     */
    public void advanceDays(int days) {
        if (history == null) {
            throw new IllegalStateException("This pump has never been uploaded.");
        }
        if (days < 1) {
            throw new IllegalArgumentException("days must be 1 or more");
        }
        history.upload(days);
    }

    PumpHistory history() {
        return history;
    }

    private static LocalDateTime wall(long seconds) {
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    }
}
