package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@QuarkusTest
class OtherAccountTest {
    @TempDir
    Path folder;

    @Test
    void a_database_refuses_another_account_and_keeps_what_it_has() {
        SimulatorOptions options = SimulatorOptions.defaults().withDays(2);
        try (Account owner = new Account(folder, options);
                Account other = new Account(
                                folder.resolve("other"), options.withAccount("other@example.org", "another"))
                        .with("TANDEM_DB", folder.resolve("tandem.db").toString())) {
            owner.sync();
            long events = owner.count("raw_events");

            for (Runnable work : new Runnable[] {
                other::sync,
                () -> other.pipeline().fetch(other.settings(), SourceListener.silent(), PipelineListener.SILENT),
                () -> other.pipeline().fetchGaps(other.settings(), SourceListener.silent(), PipelineListener.SILENT),
                () -> other.pipeline()
                        .repeated(other.settings(), WritingTurn.AT_ONCE)
                        .sync(SourceListener.silent(), PipelineListener.SILENT)
            }) {
                TandemException failure = catchThrowableOfType(TandemException.class, work::run);
                assertThat(failure).hasMessageContaining("another account").hasMessageContaining("tandem.db");
                assertThat(failure.remedy()).contains("--db");
                assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
            }

            assertThat(owner.count("raw_events")).isEqualTo(events);
            assertThat(owner.number("SELECT count(*) FROM fetch_progress WHERE unlisted_since IS NOT NULL"))
                    .isZero();
            assertThat(owner.sync().fetch().complete()).isTrue();
        }
    }
}
