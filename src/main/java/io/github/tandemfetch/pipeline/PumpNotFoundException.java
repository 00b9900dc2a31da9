package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.util.List;

/** The pump that was asked for is not on the account. */
public final class PumpNotFoundException extends TandemException {
    private static final long serialVersionUID = 1L;

    PumpNotFoundException(String wanted, List<String> onAccount) {
        super(
                "PUMP_NOT_FOUND",
                "There is no pump " + wanted + " on this account.",
                onAccount.isEmpty()
                        ? "The account has no pumps at all; is it the right one?"
                        : "The account has: " + String.join(", ", onAccount) + ".",
                ExitStatus.INVALID_USAGE);
    }
}
