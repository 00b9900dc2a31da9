package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.util.List;

/** A request is wrong, in one place or several. */
final class InvalidRequestException extends TandemException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidRequestException(List<Fault> faults) {
        super(
                "INVALID_REQUEST",
                faults.size() == 1 ? "The request has a fault." : "The request has " + faults.size() + " faults.",
                "See errors.",
                ExitStatus.INVALID_USAGE);
        this.faults = List.copyOf(faults);
    }

    List<Fault> faults() {
        return faults;
    }
}
