package io.github.tandemfetch.source;

import java.time.LocalDate;

/**
 * Tandem Source for one account. It logs in when the first call needs it. Calls repeat what may pass and fail with a
 * {@link SourceException} otherwise. One thread at a time.
 */
public interface TandemSourceClient extends AutoCloseable {
    /**
     * The person's pumps.
     *
     * @return all of them, retired ones too
     * @throws SourceException for every failure
     */
    Pumper pumper();

    /**
     * Streams the events of a window, of all codes, with the pump's clock changes of all times. Nothing is held back:
     * the sink takes each event as it arrives, and starts over where an attempt breaks.
     *
     * @param assignmentId which pump
     * @param firstDay first day, inclusive; whether of the pump or of UTC is not known
     * @param lastDay last day, inclusive; at most 27 days after the first
     * @param sink where the events go
     * @throws SourceException for every failure; what came before it is not complete
     */
    void pumpLogs(String assignmentId, LocalDate firstDay, LocalDate lastDay, PumpLogSink sink);

    /**
     * The login in use, made now if there is none.
     *
     * @return a session that is good for another five minutes
     * @throws SourceException for every failure
     */
    Session session();

    /** Closes the connections. */
    @Override
    void close();
}
