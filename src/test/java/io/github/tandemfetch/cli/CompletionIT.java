package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What each shell offers at TAB, asked of the shell itself; bash must be there, the others may be absent. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CompletionIT {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @TempDir
    static Path scripts;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeScripts() throws IOException {
        for (String shell : SHELLS) {
            Files.writeString(
                    script(shell),
                    new TandemProcess(scripts).run("completion", shell).exits(0).out());
        }
    }

    static Stream<Arguments> lines() {
        return SHELLS.stream()
                .flatMap(shell -> Stream.of(
                        Arguments.of(shell, "tandem ex", "extract export"),
                        Arguments.of(shell, "tandem --ver", "--verbose --version"),
                        Arguments.of(shell, "tandem export -f ", "parquet csv json jsonl"),
                        Arguments.of(shell, "tandem export --format=", "parquet csv json jsonl"),
                        Arguments.of(shell, "tandem export --format=js", "json jsonl"),
                        Arguments.of(shell, "tandem -q export --no-fetch --format p", "parquet"),
                        Arguments.of(shell, "tandem export-data -f c", "csv"),
                        Arguments.of(shell, "tandem export --no-f", "--no-fetch"),
                        Arguments.of(
                                shell, "tandem export --tables ", "raw_events events cgm_readings basal_deliveries"),
                        Arguments.of(shell, "tandem export --tables cgm_readings ba", "basal_deliveries"),
                        Arguments.of(shell, "tandem export --tables cgm_readings --form", "--format"),
                        Arguments.of(shell, "tandem export -f csv ba", ""),
                        Arguments.of(shell, "tandem export --overwrite=", "true false"),
                        Arguments.of(shell, "tandem export --start-date ", ""),
                        Arguments.of(shell, "tandem export -o ", "folder"),
                        Arguments.of(shell, "tandem status --db ", "folder history.db"),
                        Arguments.of(shell, "tandem status --db hi", "history.db"),
                        Arguments.of(shell, "tandem sync --region ", "US EU"),
                        Arguments.of(shell, "tandem extract cgm_readings b", "basal_deliveries"),
                        Arguments.of(shell, "tandem schema ", "raw_events events cgm_readings basal_deliveries"),
                        Arguments.of(shell, "tandem sample c", "cgm_readings"),
                        Arguments.of(shell, "tandem keys --path $.a ev", "events"),
                        Arguments.of(shell, "tandem completion ", "bash zsh fish")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void the_shell_offers_what_may_come_next(String shell, String line, String expected) throws Exception {
        requireInstalled(shell);
        Files.createDirectory(folder.resolve("folder"));
        Files.createFile(folder.resolve("history.db"));

        assertThat(offered(shell, line)).containsExactlyInAnyOrder(words(expected));
    }

    @Test
    void every_command_and_option_of_the_help_is_offered() throws Exception {
        Set<String> commands = offered("bash", "tandem ");
        assertThat(commands).contains("demo", "login", "sync", "export", "status", "completion");
        for (String command : commands) {
            String help =
                    new TandemProcess(scripts).run(command, "--help").exits(0).out();
            String[] options = help.lines()
                    .filter(line -> line.matches(" {2,6}(-\\w, )?--.*"))
                    .map(line -> line.replaceFirst(".*?(--[a-z-]+).*", "$1"))
                    .toArray(String[]::new);
            assertThat(options).as(help).contains("--help", "--json");
            for (String shell :
                    SHELLS.stream().filter(CompletionIT::isInstalled).toList()) {
                assertThat(offered(shell, "tandem ")).as(shell).contains(command);
                assertThat(offered(shell, "tandem " + command + " --"))
                        .as("%s after %s", shell, command)
                        .contains(options);
            }
        }
    }

    @Test
    void a_script_says_where_it_goes_and_is_one_json_document_on_demand() {
        JsonNode document = new TandemProcess(folder)
                .run("completion", "fish", "--json")
                .exits(0)
                .json();

        assertThat(document.get("shell").asText()).isEqualTo("fish");
        assertThat(document.get("script").asText()).contains("~/.config/fish/completions/tandem.fish");
        assertThat(new TandemProcess(folder).run("completion", "tcsh").exits(1).err())
                .contains("bash");
        assertThat(new TandemProcess(folder).run("completion").exits(1).err()).contains("SHELL");
    }

    private static Path script(String shell) {
        // The Z shell finds the file by this name when it is in $fpath.
        return scripts.resolve(shell.equals("zsh") ? "_tandem" : "tandem." + shell);
    }

    private Set<String> offered(String shell, String line) throws Exception {
        Path asking = scripts.resolve("complete." + shell);
        try (InputStream resource = CompletionIT.class.getResourceAsStream("complete." + shell)) {
            Files.write(asking, resource.readAllBytes());
        }
        Path answers = Files.writeString(scripts.resolve("answers"), "");
        Path said = scripts.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        shell, asking.toString(), script(shell).toString(), line, answers.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("HOME", scripts.toString());
        builder.environment().put("TERM", "xterm");
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s ended after %s", shell, line).isTrue();
        assertThat(said).as("what %s said of %s", shell, line).isEmptyFile();
        return Files.readAllLines(answers).stream()
                .map(answer -> answer.replaceFirst("/$", ""))
                .filter(answer -> !answer.isEmpty())
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }

    private static void requireInstalled(String shell) {
        boolean wanted = shell.equals("bash") || isInstalled(shell);
        if (!wanted) {
            System.err.println("NOT TESTED: completion in " + shell + ", which is not installed here.");
        }
        Assumptions.assumeTrue(wanted, shell + " is not installed");
    }

    private static boolean isInstalled(String shell) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, shell)));
    }
}
