package io.github.tandemfetch.domain;

import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.domain.CgmReadingTable.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sets readings aside that were taken in a second of which there is a reading already. Which of them stays is found when
 * all are known. Their stamps alone do not tell: the hour before the clock was set back has the same ones.
 */
public final class RepeatedReadings {
    /** About a week: no sensor hands in readings that are older. */
    public static final int REMEMBERED = 2_500;

    private final CgmReadingTable stored;
    private final boolean anyStored;
    private final LinkedHashSet<Key> recent = new LinkedHashSet<>();

    public RepeatedReadings(CgmReadingTable stored) {
        this.stored = stored;
        this.anyStored = !stored.isEmpty();
    }

    /**
     * The readings of a batch, in their order.
     *
     * @param first those of which no other is known at their second
     * @param colliding the others
     */
    public record Divided(List<CgmReading> first, List<CgmReading> colliding) {}

    public Divided divide(List<CgmReading> batch) {
        Set<Key> known = anyStored && !batch.isEmpty() ? new HashSet<>(stored.stored(batch)) : Set.of();
        List<CgmReading> first = new ArrayList<>(batch.size());
        List<CgmReading> colliding = new ArrayList<>();
        for (CgmReading reading : batch) {
            boolean isFirst =
                    reading.timestamp() == null || !known.contains(reading.key()) && recent.add(reading.key());
            (isFirst ? first : colliding).add(reading);
            if (recent.size() > REMEMBERED) {
                recent.remove(recent.iterator().next());
            }
        }
        return new Divided(first, colliding);
    }
}
