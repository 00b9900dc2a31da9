package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.source.ServiceUnavailableException;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.UnexpectedAnswerException;

/**
 * Keeps the failure of one pump until the others have been dealt with: a pump of which the service gives no proper answer
 * must not keep the data of the others away, today or for a year.
 */
final class PumpFailures {
    private final PipelineListener listener;
    private SourceException first;

    PumpFailures(PipelineListener listener) {
        this.listener = listener;
    }

    /**
     * Does some work for a pump. A failure that may be this pump's alone is told and kept; any other, such as a refused
     * login or a lost network, is everybody's.
     *
     * @return false where it failed
     */
    boolean attempt(Pump pump, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RequestRejectedException | ServiceUnavailableException | UnexpectedAnswerException e) {
            listener.notice("Pump " + pump.serialNumber() + " could not be fetched to its end: " + e.getMessage());
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
            return false;
        }
    }

    /** Whether every pump is well so far. */
    boolean isEmpty() {
        return first == null;
    }

    /**
     * Ends the work as it would have ended without the others.
     *
     * @throws SourceException the first failure, if there was any
     */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
