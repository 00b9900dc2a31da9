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
class PumpsCommandTest {
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
    void pumps_of_the_account_are_listed() {
        assertThat(tandem.against(service, OPTIONS).run("pumps").exits(0).out()).contains("t:slim X2");
        assertThat(tandem.run("pumps", "--json").exits(0).out()).contains("serial");
    }

    @Test
    void without_credentials_it_says_what_is_missing() {
        assertThat(new CommandRunner(folder).run("pumps").exits(1).err()).contains("Not set", "tandem login");
    }
}
