package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SharedEnginesTest {
    @TempDir
    Path folder;

    private final DatabaseOpener opener = new DatabaseOpener();
    private final SharedEngines engines = new SharedEngines(new WorkFolders());

    private static String limit(Database database) {
        return database.first("SELECT current_setting('memory_limit')", row -> row.getString(1))
                .orElseThrow();
    }

    @Test
    void exports_at_the_same_time_share_a_bound_however_much_each_wants() {
        Path file = folder.resolve("a.db");
        opener.openForWriting(file).close();
        engines.bound(EngineShare.SPARING);
        try (Database first = opener.openForReading(file);
                Database second = opener.openForReading(file)) {
            SharedEngines.Use one = engines.use(first, folder);
            assertThat(limit(first)).isEqualTo("244.1 MiB");
            assertThat(one.megabytesToSpare()).isEqualTo(EngineShare.SPARING);
            SharedEngines.Use two = engines.use(second, folder);
            two.take(2_000);
            assertThat(limit(second)).isEqualTo("244.1 MiB");
            assertThat(one.megabytesToSpare()).isNegative();
            two.end();
            one.take(EngineShare.SPARING);
            assertThat(limit(first)).isEqualTo("244.1 MiB");
            one.end();
        }
    }

    @Test
    void without_a_bound_each_export_adds_its_share() {
        Path file = folder.resolve("a.db");
        opener.openForWriting(file).close();
        try (Database first = opener.openForReading(file);
                Database second = opener.openForReading(file)) {
            SharedEngines.Use one = engines.use(first, folder);
            SharedEngines.Use two = engines.use(second, folder);
            assertThat(limit(first)).isEqualTo("488.2 MiB");
            two.end();
            one.end();
        }
    }
}
