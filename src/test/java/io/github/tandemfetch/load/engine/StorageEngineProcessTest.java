package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.DatabaseLockedException;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Loads in a process of its own, which is killed, or which is in the way. */
class StorageEngineProcessTest {
    private static final int RECORDS = 30_000;

    private final StorageEngineOpener opener = new StorageEngineOpener(new DatabaseOpener());

    @TempDir
    Path folder;

    /** Loads a table, and waits for ever when it has inserted a number of rows. */
    static final class Loader {
        public static void main(String[] args) {
            try (StorageEngine engine = new StorageEngineOpener(new DatabaseOpener()).open(Path.of(args[0]))) {
                load(engine, args[1], Long.parseLong(args[2]));
                System.out.println("done");
                wait(Long.parseLong(args[2]) > RECORDS);
            }
        }

        private static void load(StorageEngine engine, String how, long stopAt) {
            LoadProgress progress = rows -> {
                if (rows >= stopAt) {
                    System.out.println("stopped");
                    wait(true);
                }
            };
            if (how.equals("create")) {
                engine.createEventsTable(
                        "songs",
                        records(0),
                        TableMetadata.of(TableType.EVENTS, Instant.EPOCH),
                        progress,
                        BatchSize.DEFAULT);
            } else if (how.equals("append")) {
                engine.appendEvents(
                        "songs",
                        records(10_000),
                        TableMetadata.of(TableType.EVENTS, Instant.EPOCH),
                        progress,
                        BatchSize.DEFAULT);
            } else {
                engine.replaceEvents(
                        "songs",
                        records(10_000),
                        TableMetadata.of(TableType.EVENTS, Instant.EPOCH),
                        progress,
                        BatchSize.DEFAULT);
            }
        }

        private static void wait(boolean forEver) {
            if (forEver) {
                try {
                    Thread.currentThread().join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static java.util.Iterator<EventRecord> records(int from) {
        return IntStream.range(from, from + RECORDS)
                .mapToObj(number -> new EventRecord(
                        "e",
                        "2024-01-15T10:30:00Z",
                        "u",
                        "key-" + number,
                        "{\"n\":" + number + ",\"pad\":\"" + "x".repeat(200) + "\"}"))
                .iterator();
    }

    private Process start(String how, long stopAt) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loader.class.getName(),
                        folder.resolve("tandem.db").toString(),
                        how,
                        String.valueOf(stopAt))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] said = process.getInputStream().readNBytes(4);
        assertThat(new String(said, StandardCharsets.UTF_8)).isIn("stop", "done");
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private long create() {
        try (StorageEngine engine = opener.open(folder.resolve("tandem.db"))) {
            return engine.createEventsTable(
                    "songs",
                    records(0),
                    TableMetadata.of(TableType.EVENTS, Instant.EPOCH),
                    LoadProgress.NONE,
                    BatchSize.DEFAULT);
        }
    }

    @ParameterizedTest
    @CsvSource({"2500", "15000", "30000"})
    void a_kill_while_a_table_is_made_leaves_nothing_and_the_same_load_then_succeeds(long stopAt) throws Exception {
        kill(start("create", stopAt));

        try (StorageEngine engine = opener.openForReading(folder.resolve("tandem.db"))) {
            assertThat(engine.tableExists("songs")).isFalse();
            assertThat(engine.listTables()).isEmpty();
        }
        assertThat(create()).isEqualTo(RECORDS);
    }

    @ParameterizedTest
    @CsvSource({"append,2500", "append,10000", "replace,2500", "replace,30000"})
    void a_kill_while_a_table_is_changed_leaves_it_as_it_was(String how, long stopAt) throws Exception {
        create();

        kill(start(how, stopAt));

        try (StorageEngine engine = opener.openForReading(folder.resolve("tandem.db"))) {
            assertThat(engine.executeRows("SELECT count(*), max((properties->>'n')::INTEGER) FROM songs"))
                    .containsExactly(java.util.List.of((long) RECORDS, RECORDS - 1));
            assertThat(engine.listTables().get(0).rowCount()).isEqualTo(RECORDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"create,30000", "append,40000", "replace,30000"})
    void what_was_committed_is_there_after_a_kill_that_came_before_closing(String how, long rows) throws Exception {
        if (!how.equals("create")) {
            create();
        }

        kill(start(how, Long.MAX_VALUE));

        try (StorageEngine engine = opener.open(folder.resolve("tandem.db"))) {
            assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(rows);
            assertThat(engine.listTables().get(0).rowCount()).isEqualTo(rows);
            assertThat(engine.appendEvents(
                            "songs",
                            records(10_000),
                            TableMetadata.of(TableType.EVENTS, Instant.EPOCH),
                            LoadProgress.NONE,
                            BatchSize.DEFAULT))
                    .isEqualTo(how.equals("create") ? 10_000 : 0);
        }
    }

    @Test
    void a_file_that_another_process_loads_into_is_refused_with_the_process() throws Exception {
        Process process = start("create", 2500);
        try {
            DatabaseLockedException failure =
                    catchThrowableOfType(DatabaseLockedException.class, () -> opener.open(folder.resolve("tandem.db")));

            assertThat(failure.code()).isEqualTo("DATABASE_LOCKED");
            assertThat(failure.holder()).hasValue(process.pid());
            assertThat(failure.details())
                    .isEqualTo(Map.of("file", folder.resolve("tandem.db").toString(), "holder_pid", process.pid()));
        } finally {
            kill(process);
        }
        assertThat(create()).isEqualTo(RECORDS);
    }
}
