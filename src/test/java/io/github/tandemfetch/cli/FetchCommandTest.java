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
class FetchCommandTest {
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
    void raw_events_are_fetched() {
        tandem.against(service, OPTIONS);
        assertThat(tandem.run("fetch").exits(0).err()).contains("events received");
        tandem.run("fetch", "--gaps", "--json").exits(0);
    }

    @Test
    void without_credentials_it_says_what_is_missing() {
        assertThat(new CommandRunner(folder).run("fetch").exits(1).err()).contains("Not set", "tandem login");
    }
}
