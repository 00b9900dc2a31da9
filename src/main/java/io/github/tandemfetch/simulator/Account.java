package io.github.tandemfetch.simulator;

import java.util.List;

/**
 * The simulated person.
 *
 * @param pumperId the person's id for the data calls, a UUID
 * @param accountId the account's id, a UUID
 * @param firstName the first name
 * @param lastName the last name
 * @param country the two letters of the country
 * @param pumps the pumps on the account, retired ones and those that never uploaded included
 */
record Account(
        String pumperId,
        String accountId,
        String firstName,
        String lastName,
        String country,
        List<SimulatedPump> pumps) {}
