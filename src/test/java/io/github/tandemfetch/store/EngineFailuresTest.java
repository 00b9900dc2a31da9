package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the engine says of locks, with the reasons of the operating system. */
class EngineFailuresTest {
    private static final Path FILE = Path.of("/share/tandem.db");

    private static SQLException notLocked(String reason) {
        return new SQLException("IO Error: Could not set lock on file \"" + FILE + "\": " + reason
                + ". See also https://duckdb.org/docs/current/connect/concurrency");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No locks available",
                "Operation not supported",
                "Function not implemented",
                "Invalid argument",
                "Input/output error"
            })
    void a_file_system_without_locks_is_not_called_in_use(String reason) {
        DatabaseException failure = EngineFailures.onOpen(FILE, notLocked(reason));

        assertThat(EngineFailures.isLock(notLocked(reason))).isFalse();
        assertThat(failure).isNotInstanceOf(DatabaseLockedException.class).hasMessageContaining(reason);
        assertThat(failure.code()).isEqualTo("LOCKS_NOT_SUPPORTED");
        assertThat(failure.remedy()).contains("local disk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conflicting lock is held in /usr/bin/tandem (PID 123) by user me",
                "Conflicting lock is held in PID 123",
                "Resource temporarily unavailable"
            })
    void a_lock_of_another_process_is(String reason) {
        assertThat(EngineFailures.isLock(notLocked(reason))).isTrue();
        assertThat(EngineFailures.onOpen(FILE, notLocked(reason))).isInstanceOf(DatabaseLockedException.class);
    }

    @Test
    void a_file_in_use_on_windows_is_in_use() {
        assertThat(EngineFailures.isLock(new SQLException("IO Error: Cannot open file \"x\": The process cannot access"
                        + " the file because it is being used by another process.")))
                .isTrue();
    }
}
