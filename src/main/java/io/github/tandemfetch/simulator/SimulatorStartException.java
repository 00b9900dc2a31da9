package io.github.tandemfetch.simulator;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;

/** The simulated Tandem Source could not be started, because its port could not be had. */
public final class SimulatorStartException extends TandemException {
    private static final long serialVersionUID = 1L;

    /**
     * Says which port it was.
     *
     * @param port the TCP port on 127.0.0.1
     * @param cause what the system said
     */
    public SimulatorStartException(int port, Throwable cause) {
        super(
                "SIMULATOR_PORT_UNAVAILABLE",
                "Port " + port + " of 127.0.0.1 cannot be had for the simulated Tandem Source.",
                "Choose another port, or 0 for any free one.",
                ExitStatus.SERVICE_FAILURE,
                cause);
    }
}
