package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.UnusablePump;
import java.util.List;
import java.util.Objects;

/**
 * The pumps that a run is about: all of the account, or the one that was chosen.
 *
 * @param pumps those that can be fetched, older assignments of a pump first
 * @param unusable those that are listed in a way by which they cannot
 */
record PumpList(List<Pump> pumps, List<UnusablePump> unusable) {
    PumpList {
        pumps = List.copyOf(pumps);
        unusable = List.copyOf(unusable);
    }

    /** The pumps of which events are missing because they cannot be fetched. */
    List<PumpFetch> notFetched() {
        return unusable.stream()
                .filter(UnusablePump::hasData)
                .map(pump -> PumpFetch.untouched(pump.serialNumber(), null, PumpFetch.State.NOT_FETCHED, 0))
                .toList();
    }

    /** Whether a stored pump may be one of those that cannot be fetched. */
    boolean mayHoldUnusable(String pumpSerial) {
        return unusable.stream()
                .anyMatch(pump -> pump.serialNumber() == null || Objects.equals(pump.serialNumber(), pumpSerial));
    }
}
