package io.github.tandemfetch.store;

import io.github.tandemfetch.store.SequenceGaps.Gap;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceGapsTest {
    private static final LocalDateTime START = LocalDateTime.of(2026, 5, 14, 0, 0);

    @TempDir
    Path folder;

    @Test
    void gaps_are_found_within_groups_and_pumps_and_remembered_once_searched() {
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("tandem.db"))) {
            store(database, "P1", 1, 10, 11, 15, 16, 20);
            store(database, "P1", 2, 1, 2, 3);
            store(database, "P2", 1, 1, 100);
            SequenceGaps gaps = new SequenceGaps(database);

            List<Gap> found = gaps.notSearched("P1");

            assertThat(found)
                    .containsExactly(
                            new Gap(1, 12, 14, START.plusMinutes(11), START.plusMinutes(15)),
                            new Gap(1, 17, 19, START.plusMinutes(16), START.plusMinutes(20)));
            assertThat(gaps.missing("P1")).isEqualTo(6);
            assertThat(gaps.missing("P2")).isEqualTo(98);
            assertThat(gaps.missing("P3")).isZero();

            gaps.searched("P1", found, Instant.EPOCH);
            gaps.searched("P1", found, Instant.EPOCH);

            assertThat(gaps.notSearched("P1")).isEmpty();
            assertThat(gaps.missing("P1")).isEqualTo(6);
            store(database, "P1", 1, 13);
            assertThat(gaps.notSearched("P1"))
                    .as("what is left of a searched gap")
                    .isEmpty();
        }
    }

    private static void store(Database database, String serial, long group, long... numbers) {
        RawEventTable table = new RawEventTable(database);
        try (RawEventStaging staging = table.stage()) {
            for (long number : numbers) {
                staging.add(false, group, number, 279, START.plusMinutes(number), null, "{}");
            }
            staging.finish();
            database.transaction(c -> table.merge(staging, serial, "assignment", Instant.EPOCH));
        }
    }
}
