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
class LoginCommandTest {
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
    void credentials_are_saved_and_removed() {
        tandem.against(service, OPTIONS)
                .with("TANDEM_CREDENTIALS", folder.resolve("c.toml").toString());
        tandem.run("login").exits(0);
        assertThat(folder.resolve("c.toml")).content().contains(OPTIONS.email());
        tandem.run("logout").exits(0);
        assertThat(folder.resolve("c.toml")).doesNotExist();
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThat(tandem.against(service, OPTIONS)
                        .with("TANDEM_PASSWORD", "wrong")
                        .run("login")
                        .exits(4)
                        .err())
                .contains("refused");
    }
}
