package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.domain.Column;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.DomainTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that the program offers is missing in the documentation. */
class DocumentationTest {
    private static final Path DOCS = Path.of("docs");
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\"((?:TANDEM|SSL)_[A-Z_]+|(?:HTTPS?|ALL|NO)_PROXY)\"");
    private static final String BEGIN = "<!-- written by DocumentationTest -->\n";

    @Test
    void commands_and_options_are_in_the_reference() throws IOException {
        assertWritten("commands.md", "options.md", reference());
    }

    /** The end of a page is written by this test. */
    private static void assertWritten(String page, String written, String expected) throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", written), expected);
        String text = Files.readString(DOCS.resolve(page));

        assertThat(text.substring(text.indexOf(BEGIN) + BEGIN.length()).strip())
                .as("the part of docs/" + page + " below the comment is to be that of target/" + written)
                .isEqualTo(expected.strip());
    }

    @Test
    void every_environment_variable_is_documented() throws IOException {
        Set<String> variables = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/tandemfetch/config"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                VARIABLE.matcher(Files.readString(file)).results().forEach(found -> variables.add(found.group(1)));
            }
        }
        String settings = Files.readString(DOCS.resolve("settings.md"));

        assertThat(variables).hasSizeGreaterThan(12).allSatisfy(variable -> assertThat(settings)
                .contains(variable));
    }

    @Test
    void domain_tables_are_in_the_documentation_as_declared() throws IOException {
        StringBuilder expected = new StringBuilder();
        for (DomainTable table : DomainTables.ALL) {
            expected.append("### `%s`\n\n%s.\n\n".formatted(table.name(), table.comment()));
            expected.append("| Column | Type | Unit | Content |\n| --- | --- | --- | --- |\n");
            for (Column column : table.allColumns()) {
                expected.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                column.name(),
                                column.type().replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"),
                                column.unit(),
                                column.comment()));
            }
            expected.append('\n');
        }

        assertWritten("tables.md", "tables.md", expected.toString());
    }

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !leadsSomewhere(page, target)) {
                    dead.add(page + ": " + target);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void every_page_is_in_the_table_of_contents() throws IOException {
        String contents = Files.readString(DOCS.resolve("README.md"));

        assertThat(pages()).allSatisfy(page -> {
            if (page.getParent() != null && page.getParent().equals(DOCS) && !page.endsWith("README.md")) {
                assertThat(contents).contains("(" + page.getFileName() + ")");
            }
        });
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path folder = page.getParent() == null ? Path.of("") : page.getParent();
        Path file = parts[0].isEmpty() ? page : folder.resolve(parts[0]).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]);
    }

    private static Set<String> anchors(String page) {
        return page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")) {
            if (Files.exists(Path.of(name))) {
                pages.add(Path.of(name));
            }
        }
        try (Stream<Path> files = Files.walk(DOCS)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static String reference() {
        CommandLine program =
                CommandTree.of(new ShownCommands(new Output(new Terminal(new Environment(Map.of(), HERE, HERE)))));
        StringBuilder text = new StringBuilder();
        Set<String> everywhere = new TreeSet<>(program.getSubcommands()
                .get("tables")
                .getCommandSpec()
                .optionsMap()
                .keySet());
        program.getSubcommands()
                .values()
                .forEach(command -> everywhere.retainAll(
                        command.getCommandSpec().optionsMap().keySet()));
        text.append("### All commands\n\n");
        table(program.getSubcommands().get("tables").getCommandSpec(), text, everywhere, true);
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("", program, commands);
        commands.forEach((name, command) -> {
            text.append("\n### `tandem ").append(name).append("`\n\n");
            CommandSpec spec = command.getCommandSpec();
            text.append(String.join(" ", Arrays.asList(spec.usageMessage().description())))
                    .append('\n');
            StringBuilder own = new StringBuilder();
            table(spec, own, everywhere, false);
            if (own.length() > 0) {
                text.append('\n').append(own);
            }
        });
        return text.toString();
    }

    private static void collect(String prefix, CommandLine command, Map<String, CommandLine> commands) {
        new TreeSet<>(Set.copyOf(command.getSubcommands().values().stream()
                        .map(CommandLine::getCommandName)
                        .toList()))
                .forEach(name -> {
                    CommandLine sub = command.getSubcommands().get(name);
                    commands.put(prefix + name, sub);
                    collect(prefix + name + " ", sub, commands);
                });
    }

    private static void table(CommandSpec spec, StringBuilder text, Set<String> everywhere, boolean global) {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!global && !parameter.hidden()) {
                rows.add("| `" + parameter.paramLabel() + "` | " + description(parameter) + " |");
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && everywhere.contains(option.longestName()) == global) {
                String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                rows.add("| `" + String.join("`, `", option.names()) + label + "` | " + description(option) + " |");
            }
        }
        if (!rows.isEmpty()) {
            text.append("| Option or argument | What it does |\n| --- | --- |\n");
            rows.forEach(row -> text.append(row).append('\n'));
        }
    }

    private static String description(ArgSpec argument) {
        String candidates =
                argument.completionCandidates() == null ? "" : String.join(", ", argument.completionCandidates());
        return String.join(" ", argument.description())
                .replace("${COMPLETION-CANDIDATES}", candidates)
                .replace("%n", " ")
                .replace("%%", "%")
                .replace("|", "\\|");
    }
}
