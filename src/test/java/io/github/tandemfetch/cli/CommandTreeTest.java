package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class CommandTreeTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final IFactory NEVER_RUN =
            new ShownCommands(new Output(new Terminal(new Environment(Map.of(), HERE, HERE))));

    static List<String> names() {
        return List.copyOf(CommandTree.of(NEVER_RUN).getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_command_alone_is_what_it_is_among_all(String name) {
        CommandLine all = CommandTree.of(NEVER_RUN).getSubcommands().get(name);
        CommandLine program = CommandTree.of(NEVER_RUN, name, "--quiet");
        CommandLine alone = program.getSubcommands().get(name);

        assertThat(alone.getUsageMessage()).isEqualTo(all.getUsageMessage());
        assertThat(alone.getCommandSpec().optionsMap().keySet())
                .isEqualTo(all.getCommandSpec().optionsMap().keySet());
        if (!name.equals("completion")) {
            assertThat(program.getSubcommands().values()).containsOnly(alone);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_example_is_a_format_without_arguments(String name) {
        UsageMessageSpec usage = CommandTree.of(NEVER_RUN, name)
                .getSubcommands()
                .get(name)
                .getCommandSpec()
                .usageMessage();

        assertThat(usage.footer()).isNotEmpty().allSatisfy(line -> assertThatCode(() -> line.formatted())
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(strings = {"snyc", "--json", "-h", "", "@arguments"})
    void what_names_no_command_gets_all_of_them(String first) {
        assertThat(CommandTree.of(NEVER_RUN, first, "sync").getSubcommands()).hasSameSizeAs(names());
    }

    @Test
    void a_command_has_the_options_that_all_have() {
        assertThat(CommandTree.of(NEVER_RUN, "sync")
                        .getSubcommands()
                        .get("sync")
                        .getCommandSpec()
                        .optionsMap())
                .containsKeys("--help", "--version", "--quiet", "--json", "--verbose", "--no-color");
    }
}
