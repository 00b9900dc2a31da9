package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SharedEnginesTest {
    @TempDir
    Path folder;

    private final SharedEngines engines = new SharedEngines(new WorkFolders());

    @BeforeEach
    void make_a_database() {
        new DatabaseOpener().openForWriting(folder.resolve("t.db")).close();
    }

    private static double mebibytes(Database database) {
        String limit = database.first("SELECT current_setting('memory_limit')", row -> row.getString(1))
                .orElseThrow();
        double number = Double.parseDouble(limit.substring(0, limit.indexOf(' ')));
        return limit.endsWith("GiB") ? number * 1024 : number;
    }

    @Test
    void exports_at_the_same_time_have_their_shares_together() {
        try (Database first = new DatabaseOpener().openForReading(folder.resolve("t.db"));
                Database second = new DatabaseOpener().openForReading(folder.resolve("t.db"))) {
            SharedEngines.Use one = engines.use(first, folder);
            assertThat(mebibytes(first)).isBetween(244.0, 245.0);
            long alone = one.megabytesToSpare();

            SharedEngines.Use other = engines.use(second, folder);
            assertThat(mebibytes(second)).isBetween(488.0, 489.0);
            assertThat(one.megabytesToSpare()).isEqualTo(alone - EngineShare.SPARING);

            one.take(400);
            assertThat(mebibytes(second)).isBetween(625.0, 626.0);
            assertThat(other.megabytesToSpare()).isEqualTo(alone - 400);

            one.end();
            other.take(EngineShare.SPARING);
            assertThat(mebibytes(second)).isBetween(244.0, 245.0);
            other.end();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/.tandem*");
    }
}
