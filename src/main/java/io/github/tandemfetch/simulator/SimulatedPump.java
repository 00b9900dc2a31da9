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

/** A pump of the simulated account, with its whole history and the truth about it. Safe for use by several threads. */
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
     * What the account says about a kind of pump.
     *
     * @param number the model number
     * @param name the model's name
     * @param softwareVersion the version of the pump's software
     * @param partNumber the part number
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

    /**
     * The serial number.
     *
     * @return digits
     */
    public String serial() {
        return serial;
    }

    /**
     * What pump logs are asked for with.
     *
     * @return a UUID
     */
    public String assignmentId() {
        return assignmentId;
    }

    /**
     * The model's name.
     *
     * @return such as {@code t:slim X2}
     */
    public String modelName() {
        return model.name();
    }

    Model model() {
        return model;
    }

    /**
     * Whether the person uses the pump no more.
     *
     * @return true for a retired pump, which stays listed
     */
    public boolean isRetired() {
        return retired;
    }

    /**
     * The span of the available data: from the first event's stamp to the highest stamp, in the pump's clock.
     *
     * @return empty for a pump that never uploaded
     */
    public Optional<DataRange> availableDataRange() {
        if (history == null) {
            return Optional.empty();
        }
        HistoryIndex index = history.index();
        return Optional.of(new DataRange(wall(index.firstWall()), wall(index.lastWall())));
    }

    /**
     * The stamps between which a pump has data.
     *
     * @param start the first event's stamp, pump clock
     * @param end the highest stamp, pump clock; also {@code maxDateOfEvents}
     */
    public record DataRange(LocalDateTime start, LocalDateTime end) {}

    /**
     * When the pump was last uploaded.
     *
     * @return true UTC; empty for a pump that never uploaded
     */
    public Optional<Instant> lastUpload() {
        return history == null
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochMilli(history.index().lastTrueMillis()).plusSeconds(UPLOAD_DELAY_SECONDS));
    }

    /**
     * How many events the pump has uploaded, clock changes included.
     *
     * @return 0 for a pump that never uploaded
     */
    public long eventCount() {
        return history == null ? 0 : history.index().events();
    }

    /**
     * The whole history in the order of sequence group and number, generated as it is read.
     *
     * @return a stream that holds one day at a time
     */
    public Stream<SimulatedEvent> events() {
        return events(BEFORE_ALL, AFTER_ALL);
    }

    /**
     * The events that the pump's clock stamped between two dates, in sequence order; clock changes that are never among
     * {@code events} of an answer are included.
     *
     * @param from the first date, pump clock
     * @param to the last date, pump clock, inclusive
     * @return a stream that holds one day at a time
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

    /**
     * Every announced clock change (codes 13 and 14) of the history so far, in sequence order.
     *
     * @return what an answer has in {@code clockChanges}
     */
    public List<SimulatedEvent> clockChanges() {
        return history == null ? List.of() : history.clockChanges();
    }

    /**
     * The pump is worn for some more days and uploaded: the earlier events stay as they were, byte for byte, and the
     * available range, {@code maxDateOfEvents} and {@code lastUploadDate} move.
     *
     * @param days how many days, 1 or more
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
