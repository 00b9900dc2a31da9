package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class SyncCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withDays(3);

    private static SimulatedTandemSource service;

    @BeforeAll
    static void start() {
        service = SimulatedTandemSource.start(OPTIONS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_second_sync_finds_nothing_new() {
        tandem.against(service, OPTIONS);
        assertThat(tandem.run("sync").exits(0).err()).contains("Extracted");
        assertThat(tandem.run("sync", "--json").exits(0).out()).contains("\"inserted\" : 0");
        assertThat(tandem.run("verify", "-q").exits(0).out()).contains("cgm_readings");
    }

    @Test
    void without_credentials_it_says_what_is_missing() {
        assertThat(new CommandRunner(folder).run("sync").exits(1).err()).contains("Not set", "tandem login");
    }

    @Test
    void an_unknown_pump_is_refused() {
        assertThat(tandem.against(service, OPTIONS)
                        .run("sync", "--pump", "123")
                        .exits(1)
                        .err())
                .contains("no pump 123");
    }
}
