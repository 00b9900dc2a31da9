package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.SimulatorOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Letters beyond ASCII where no locale is set, as in a cron line. */
class LocaleIT {
    @RegisterExtension
    static final SimulatedAccount ACCOUNT =
            new SimulatedAccount(SimulatorOptions.defaults().withDays(1).withAccount("ü@example.org", "pässwörd"));

    @TempDir
    Path folder;

    private TandemProcess tandem() {
        return ACCOUNT.in(folder).with("LC_ALL", "C");
    }

    @Test
    void a_query_and_its_parameters_keep_their_letters() {
        tandem().run("sync", "-q").exits(0);

        TandemProcess.Result result =
                tandem().run("query", "SELECT 'ü€😀' AS \"ñ\", $p AS p", "--param", "p=ß", "--format", "csv");

        assertThat(result.exits(0).out().replace("\r", "")).isEqualTo("ñ,p\nü€😀,ß\n");
    }

    @Test
    void a_path_is_used_or_refused_but_never_changed() {
        TandemProcess.Result result = tandem().run("sync", "--db", "dätä.db");

        if (result.exitCode() == 0) {
            assertThat(folder.resolve("dätä.db")).exists();
        } else {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("LC_ALL=C.UTF-8");
            assertThat(folder.toFile().list()).allMatch(name -> name.matches("home|stdout|stderr"));
        }
    }

    @Test
    void a_typed_password_that_cannot_be_read_is_not_sent() throws Exception {
        String shown = tandem().without("TANDEM_PASSWORD").runOnTerminal("pässwörd\n", "login");

        if (!shown.contains("Logged in")) {
            assertThat(shown).contains("Password has letters that cannot be read in this locale.");
            assertThat(ACCOUNT.requests().all()).isEmpty();
        }
    }
}
