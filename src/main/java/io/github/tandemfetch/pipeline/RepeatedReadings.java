package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.CgmReadingTable;
import io.github.tandemfetch.store.CgmReadingTable.CgmReading;
import io.github.tandemfetch.store.CgmReadingTable.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out readings that the pump logged a second time. One sensor takes one reading at a time, so two that were taken
 * in the same second are one; the first in the log stays. Their stamps alone do not tell: the hour before the clock was
 * set back has the same ones.
 */
final class RepeatedReadings {
    /** About a week: no sensor hands in readings that are older. */
    private static final int REMEMBERED = 2_500;

    private final CgmReadingTable stored;
    private final boolean anyStored;
    private final LinkedHashSet<Key> recent = new LinkedHashSet<>();

    RepeatedReadings(CgmReadingTable stored) {
        this.stored = stored;
        this.anyStored = !stored.isEmpty();
    }

    /** The readings of a batch that are no repetitions of earlier ones, in their order. */
    List<CgmReading> leaveOut(List<CgmReading> batch) {
        Set<Key> known = anyStored && !batch.isEmpty() ? new HashSet<>(stored.stored(batch)) : Set.of();
        List<CgmReading> first = new ArrayList<>(batch.size());
        for (CgmReading reading : batch) {
            if (reading.timestamp() == null || !known.contains(reading.key()) && recent.add(reading.key())) {
                first.add(reading);
            }
            if (recent.size() > REMEMBERED) {
                recent.remove(recent.iterator().next());
            }
        }
        return first;
    }
}
