package io.github.tandemfetch.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.tandemfetch.clock.ClockService;
import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.query.QueryRunner;
import io.github.tandemfetch.query.TableInspector;
import io.github.tandemfetch.status.StatusService;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

/** No option is accepted and ignored. */
class OptionTableTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Set<String> SETTINGS = Set.of("--db", "--credentials", "--region", "--timezone", "--pump");

    /** Which commands have which of the options that stand for settings, because it changes what they do. */
    private static final Map<String, String> WHO_HAS_THEM = Map.ofEntries(
            Map.entry("backup", "--db"),
            Map.entry("breakdown", "--credentials --db --pump"),
            Map.entry("clock", "--credentials --db --pump"),
            Map.entry("column", "--credentials --db --pump"),
            Map.entry("drop", "--db"),
            Map.entry("export", "--credentials --db --pump --region --timezone"),
            Map.entry("extract", "--credentials --db --timezone"),
            Map.entry("fetch", "--credentials --db --pump --region --timezone"),
            Map.entry("keys", "--credentials --db --pump"),
            Map.entry("load events", "--db"),
            Map.entry("load profiles", "--db"),
            Map.entry("login", "--credentials --db --pump --region --timezone"),
            Map.entry("logout", "--credentials --db"),
            Map.entry("parse", "--credentials --db --timezone"),
            Map.entry("pumps", "--credentials --db --pump --region"),
            Map.entry("query", "--db"),
            Map.entry("restore", "--db"),
            Map.entry("sample", "--credentials --db --pump"),
            Map.entry("schema", "--db"),
            Map.entry("simulate", "--region --timezone"),
            Map.entry("serve", "--credentials --db --region --timezone"),
            Map.entry("status", "--credentials --db --pump --region --timezone"),
            Map.entry("summarize", "--credentials --db --pump"),
            Map.entry("sync", "--credentials --db --pump --region --timezone"),
            Map.entry("tables", "--db"),
            Map.entry("verify", "--db"),
            Map.entry("watch", "--credentials --db --pump --region --timezone"));

    @TempDir
    static Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void make_a_database_of_two_pumps() {
        SampleHistory.write(database(), 30);
        try (Database opened = new DatabaseOpener().openExistingForWriting(database())) {
            opened.execute("INSERT INTO raw_events SELECT id + 100, 'r', event_timestamp, raw_event_data, 0, id, 399,"
                    + " NULL, 'y', now() FROM raw_events WHERE id < 7");
            opened.execute("INSERT INTO events SELECT id + 100, raw_events_id + 100, created, timestamp, 400, 'F',"
                    + " '{\"b\":1}', 'r', NULL, 'zone_rule', 0, id FROM events WHERE id < 7");
            for (String pump : List.of("p", "r")) {
                opened.execute("INSERT INTO fetch_progress (pump_serial, device_assignment_id) VALUES ('" + pump
                        + "', '" + pump + "')");
                opened.execute("INSERT INTO clock_timeline VALUES ('" + pump + "', 0, 0, TIMESTAMP '2026-01-01',"
                        + " TIMESTAMP '2026-02-01', TIMESTAMPTZ '2026-01-01 00:00:00Z',"
                        + " TIMESTAMPTZ '2026-02-01 00:00:00Z', 0, 0, 'zone_rule', 'log_start', NULL, NULL)");
            }
            opened.execute("CREATE TABLE other (x INTEGER)");
            opened.execute("INSERT INTO other SELECT range FROM range(9)");
            opened.execute("CREATE TABLE _metadata (table_name VARCHAR, type VARCHAR)");
            opened.execute("INSERT INTO _metadata VALUES ('other', 'events')");
        }
    }

    private static Path database() {
        return folder.resolve("tandem.db");
    }

    private static void walk(CommandLine command, String path, Map<String, CommandLine> found) {
        if (command.getSubcommands().isEmpty()) {
            found.put(path, command);
        }
        command.getSubcommands().forEach((name, sub) -> {
            if (name.equals(sub.getCommandName())) {
                walk(sub, path.isEmpty() ? name : path + " " + name, found);
            }
        });
    }

    @Test
    void an_option_that_stands_for_a_setting_is_offered_where_it_has_an_effect() {
        Map<String, CommandLine> commands = new TreeMap<>();
        walk(
                CommandTree.of(new ShownCommands(new Output(new Terminal(new Environment(Map.of(), HERE, HERE))))),
                "",
                commands);
        Map<String, String> offered = new TreeMap<>();
        commands.forEach((name, command) -> {
            Set<String> settings = new TreeSet<>();
            for (OptionSpec option : command.getCommandSpec().options()) {
                Stream.of(option.names()).filter(SETTINGS::contains).forEach(settings::add);
            }
            if (!settings.isEmpty()) {
                offered.put(name, String.join(" ", settings));
            }
        });
        assertThat(offered).isEqualTo(new TreeMap<>(WHO_HAS_THEM));
    }

    @Test
    void every_option_and_every_argument_is_read_somewhere() {
        JavaClasses program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.tandemfetch.cli");
        List<String> unread = new ArrayList<>();
        int options = 0;
        for (JavaField field : program.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith(Option.class) || field.isAnnotatedWith(Parameters.class))
                .toList()) {
            options++;
            boolean read = field.getAccessesToSelf().stream()
                    .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET);
            if (!read
                    && !field.reflect().getAnnotation(Option.class).usageHelp()
                    && !field.reflect().getAnnotation(Option.class).versionHelp()) {
                unread.add(field.getFullName());
            }
        }
        assertThat(options).isGreaterThan(50);
        assertThat(unread).isEmpty();
    }

    private String run(int expectedStatus, String... arguments) {
        variables.put("TANDEM_DB", database().toString());
        Environment environment = new Environment(variables, folder, folder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        err.reset();
        Terminal terminal = new Terminal(environment);
        Output output = new Output(terminal, new StandardOutput(out), err);
        CommandSettings settings = new CommandSettings(new SettingsLoader(environment), output);
        ResultPrinter printer = new ResultPrinter(output, terminal);
        TableInspector tables = new TableInspector(new DatabaseOpener());
        Object command =
                switch (arguments[0]) {
                    case "breakdown" -> new BreakdownCommand(settings, tables, printer);
                    case "clock" -> new ClockCommand(settings, new ClockService(new DatabaseOpener()), output);
                    case "column" -> new ColumnCommand(settings, tables, printer);
                    case "keys" -> new KeysCommand(settings, tables, printer);
                    case "sample" -> new SampleCommand(settings, tables, printer);
                    case "status" -> new StatusCommand(settings, new StatusService(new DatabaseOpener()), output);
                    case "summarize" -> new SummarizeCommand(settings, tables, printer);
                    case "tables" -> new TablesCommand(settings, tables, printer);
                    case "query" -> new QueryCommand(settings, new QueryRunner(new DatabaseOpener()), printer);
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        CommandLine commandLine = new CommandLine(command);
        commandLine.addMixin("output", new OutputOptions());
        int status = new CommandLineConfiguration()
                .configured(commandLine, output)
                .execute(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expectedStatus);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String[] with(String command, String... more) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "breakdown events",
                "clock",
                "column events event_name",
                "keys events",
                "sample events --limit 40",
                "status",
                "summarize events"
            })
    void a_chosen_pump_is_the_only_one_whose_rows_count(String command) {
        String all = run(0, with(command, "--json"));
        String one = run(0, with(command, "--json", "--pump", "r"));
        String other = run(0, with(command, "--json", "--pump=p"));
        variables.put("TANDEM_PUMP_SERIAL", "r");
        String byEnvironment = run(0, with(command, "--json"));

        assertThat(one).isNotEqualTo(all).isNotEqualTo(other);
        assertThat(other).isNotEqualTo(all);
        assertThat(byEnvironment.replace("environment TANDEM_PUMP_SERIAL", "flag --pump"))
                .isEqualTo(one);
        if (command.startsWith("sample")) {
            assertThat(one.split("\"r\"", -1)).hasSize(8);
            assertThat(one).doesNotContain("\"p\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "breakdown events",
                "clock",
                "column events event_name",
                "keys events",
                "sample events",
                "status",
                "summarize events"
            })
    void a_pump_of_which_nothing_is_stored_is_an_error(String command) {
        assertThat(run(1, with(command, "--pump", "x"))).isEmpty();

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("x").contains("p, r");
    }

    @Test
    void a_table_that_is_no_pumps_is_refused_with_the_option_and_shown_whole_with_the_setting() {
        run(1, "sample", "other", "--pump", "p");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("pump_serial");

        variables.put("TANDEM_PUMP_SERIAL", "p");
        assertThat(run(0, "sample", "other").lines()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "query SELECT(1)"})
    void what_looks_at_all_pumps_says_so_where_one_is_chosen(String command) {
        run(0, with(command));
        assertThat(err.size()).isZero();

        variables.put("TANDEM_PUMP_SERIAL", "p");
        run(0, with(command));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Only pump p is chosen (environment TANDEM_PUMP_SERIAL), which does not apply here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query SELECT(1) --pump p",
                "tables --timezone UTC",
                "clock --timezone UTC",
                "sample events --region US",
                "query SELECT(1) --credentials x",
                "query SELECT(1) --json --format csv",
                "sample events --json -f table"
            })
    void an_option_without_an_effect_is_refused(String command) {
        assertThat(run(1, with(command))).isEmpty();
    }
}
