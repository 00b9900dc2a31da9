package io.github.tandemfetch.cli.completion;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion for fish, which shows the descriptions, too. */
final class FishScript implements CompletionScript {
    private static final String HEAD = """
            # fish completion for NAME
            #
            # For this shell:   NAME completion fish | source
            # For every shell:  NAME completion fish > ~/.config/fish/completions/NAME.fish

            # Whether the line so far has come to this command.
            function __NAME_at
                set -l command NAME
                for word in (commandline -opc)[2..]
                    switch "$command $word"
            COMMANDS
                    end
                end
                test "$command" = "$argv"
            end

            # Whether the last option on the line so far is one of these.
            function __NAME_after
                set -l options (string match -- '-*' (commandline -opc))
                set -q options[-1]; and contains -- $options[-1] $argv
            end

            complete -c NAME -f
            """;

    @Override
    public String text(CompletedCommand program) {
        String steps = program.all()
                .flatMap(above -> above.commands().stream().map(command -> step(above, command)))
                .map(line -> " ".repeat(12) + line + "\n")
                .collect(Collectors.joining());
        String completions = program.all()
                .flatMap(command -> completions(program, command))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return HEAD.replace("COMMANDS\n", steps).replace("NAME", program.name()) + completions;
    }

    private static String step(CompletedCommand above, CompletedCommand command) {
        String names = command.names().stream()
                .map(name -> quoted(above.path() + " " + name))
                .collect(Collectors.joining(" "));
        return "case " + names + "; set command " + quoted(command.path());
    }

    private static Stream<String> completions(CompletedCommand program, CompletedCommand command) {
        String at = "__" + program.name() + "_at " + command.path();
        String start = "complete -c " + program.name() + " -n " + quoted(at);
        Stream<String> commands = command.commands().stream()
                .map(below -> start + " -a " + below.name() + " -d " + quoted(below.description()));
        Stream<String> arguments = command.arguments().stream()
                .filter(argument -> argument.kind() != CompletedValue.Kind.FREE)
                .map(argument -> start + offer(argument));
        Stream<String> options = command.options().stream().map(option -> start + option(option));
        Stream<String> further = command.options().stream()
                .filter(option -> option.value().stream().anyMatch(CompletedValue::several))
                .map(option -> "complete -c " + program.name() + " -n "
                        + quoted(at + "; and __" + program.name() + "_after " + String.join(" ", option.names()))
                        + offer(option.value().orElseThrow()));
        return Stream.of(commands, arguments, options, further).flatMap(lines -> lines);
    }

    private static String option(CompletedOption option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        String value = option.value()
                .map(wanted -> (wanted.attached() ? "" : " -r") + offer(wanted))
                .orElse("");
        return names + value + " -d " + quoted(option.description());
    }

    private static String offer(CompletedValue value) {
        return switch (value.kind()) {
            case WORD -> " -f -a " + quoted(String.join(" ", value.words()));
            case FILE -> " -F";
            case FOLDER -> " -f -a '(__fish_complete_directories)'";
            case FREE -> " -f";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
