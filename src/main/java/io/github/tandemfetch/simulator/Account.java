package io.github.tandemfetch.simulator;

import java.util.List;

/**
 * The simulated user account.
 *
 * @param pumperId the user's UUID for the data calls
 * @param accountId a UUID
 * @param country a two-letter code
 * @param pumps includes retired pumps and those that never uploaded
 */
record Account(
        String pumperId,
        String accountId,
        String firstName,
        String lastName,
        String country,
        List<SimulatedPump> pumps) {}
