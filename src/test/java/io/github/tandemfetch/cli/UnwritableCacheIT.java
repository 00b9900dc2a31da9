package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A wrong password in a cron line does not lock the account, wherever files can be written and where none can. */
class UnwritableCacheIT {
    @RegisterExtension
    static final SimulatedAccount ACCOUNT =
            new SimulatedAccount(SimulatorOptions.defaults().withDays(1));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void createFile() throws IOException {
        // Permissions do not bind root; that a file is no folder does.
        file = Files.createFile(folder.resolve("a-file"));
    }

    private TandemProcess tandem(Path temporary) {
        return ACCOUNT.in(folder)
                .with("TANDEM_PASSWORD", "wrong")
                .with("XDG_CACHE_HOME", file.toString())
                .with("TANDEM_DB", file.resolve("tandem.db").toString())
                .withSystemProperties(Map.of("java.io.tmpdir", temporary.toString()));
    }

    private static long logins() {
        return ACCOUNT.requests().count(RequestKind.LOGIN);
    }

    @Test
    void without_any_folder_the_password_is_not_sent_and_the_error_says_how_to_go_on() {
        TandemProcess tandem = tandem(file);
        for (String command : new String[] {"pumps", "sync", "pumps"}) {
            assertThat(tandem.run(command).exits(1).err())
                    .startsWith("tandem: The password was not sent: a refusal could not be remembered")
                    .contains("        Set XDG_CACHE_HOME to a folder that you can write");
        }
        assertThat(logins()).isZero();

        assertThat(tandem.with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                        .run("pumps")
                        .exits(4)
                        .err())
                .contains("refused the e-mail address and password");
        assertThat(tandem.run("pumps").exits(4).err()).contains("were not sent again");
        assertThat(logins()).isOne();
    }

    @Test
    void where_only_the_temporary_folder_can_be_written_it_holds_the_memory() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        TandemProcess tandem = tandem(temporary);

        assertThat(tandem.run("pumps").exits(4).err()).contains("refused the e-mail address and password");
        for (int i = 0; i < 3; i++) {
            assertThat(tandem.run("pumps").exits(4).err()).contains("were not sent again");
        }

        assertThat(logins()).isOne();
        try (var found = Files.find(temporary, 2, (path, attributes) -> path.endsWith("refused-logins.json"))) {
            assertThat(found).hasSize(1);
        }
    }
}
