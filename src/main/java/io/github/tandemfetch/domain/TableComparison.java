package io.github.tandemfetch.domain;

import io.github.tandemfetch.failure.Findings;
import java.util.List;

/**
 * What a comparison of a domain table with its events found.
 *
 * @param wrong rows that an extraction would not give
 * @param missing rows that it would give and that are not there
 * @param conflicts events without a row, since another value was logged later for the same second
 * @param unreadable the events whose value cannot be read
 */
public record TableComparison(Findings wrong, Findings missing, Findings conflicts, List<UnreadableKind> unreadable) {
    public TableComparison {
        unreadable = List.copyOf(unreadable);
    }
}
