package io.github.tandemfetch.source;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Keeps what came of an answer before it broke off, and says from which day on to ask again. That is possible where the
 * days came in order; otherwise the next attempt starts over.
 */
final class ResumingSink implements PumpLogSink {
    private static final int DATE_LENGTH = "2026-05-14".length();

    private final PumpLogSink sink;
    private final LocalDate firstDay;
    private LocalDate from;
    private String newestDay;
    private boolean inOrder;

    ResumingSink(PumpLogSink sink, LocalDate firstDay) {
        this.sink = sink;
        this.firstDay = firstDay;
    }

    /**
     * Begins an attempt.
     *
     * @return the first day to ask for: the one before the last that came, as nobody knows whose days the service counts
     */
    LocalDate begin() {
        LocalDate reached = reached();
        if (reached == null || !reached.minusDays(1).isAfter(from)) {
            restart();
        } else {
            from = reached.minusDays(1);
        }
        newestDay = null;
        return from;
    }

    /** Whether the next attempt would begin later than this one did. */
    boolean hasAdvanced() {
        LocalDate reached = reached();
        return reached != null && reached.minusDays(1).isAfter(from);
    }

    private LocalDate reached() {
        if (!inOrder || newestDay == null) {
            return null;
        }
        try {
            return LocalDate.parse(newestDay);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    @Override
    public void restart() {
        from = firstDay;
        inOrder = true;
        sink.restart();
    }

    @Override
    public void accept(ReceivedEvent event) {
        String stamp = event.pumpDateTime();
        if (!event.clockChange() && stamp != null && stamp.length() >= DATE_LENGTH) {
            if (newestDay == null || !stamp.startsWith(newestDay)) {
                String day = stamp.substring(0, DATE_LENGTH);
                inOrder &= newestDay == null || day.compareTo(newestDay) > 0;
                newestDay = day;
            }
        }
        sink.accept(event);
    }

    @Override
    public void reject(RejectedEvent event) {
        sink.reject(event);
    }

    @Override
    public void lacksClockChanges() {
        sink.lacksClockChanges();
    }
}
