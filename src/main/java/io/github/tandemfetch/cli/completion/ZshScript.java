package io.github.tandemfetch.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Completion for the Z shell, which shows the descriptions, too; a function for each command. */
final class ZshScript implements CompletionScript {
    private static final String HEAD = """
            #compdef NAME
            # zsh completion for NAME
            #
            # For this shell:   source <(NAME completion zsh)
            # For every shell:  NAME completion zsh > "${fpath[1]}/_NAME"
            #                   (or any folder of $fpath; compinit must run in ~/.zshrc)

            # Whether the last option on the line so far is one of these.
            _NAME_after() {
                local -a given=(${(M)words[1,CURRENT-1]:#-*})
                (( ${#given} && ${@[(Ie)${given[-1]}]} ))
            }

            """;

    // A file of $fpath is itself the function's body the first time that it is called.
    private static final String FOOT = """
            if [[ ${funcstack[1]} == _NAME ]]; then
                _NAME "$@"
            else
                compdef _NAME NAME
            fi
            """;

    @Override
    public String text(CompletedCommand program) {
        return (HEAD + program.all().map(ZshScript::function).collect(Collectors.joining()) + FOOT)
                .replace("NAME", program.name());
    }

    private static String function(CompletedCommand command) {
        Stream<String> options = command.options().stream().flatMap(ZshScript::options);
        String specs = Stream.concat(options, command.commands().isEmpty() ? arguments(command) : below())
                .map(spec -> " \\\n        " + spec)
                .collect(Collectors.joining());
        return functionName(command) + "() {\n"
                + (command.commands().isEmpty()
                        ? "    _arguments -s" + specs + "\n"
                        : "    local curcontext=$curcontext state line\n    typeset -A opt_args\n\n    _arguments -C"
                                + specs + "\n\n" + dispatch(command))
                + "}\n\n";
    }

    private static Stream<String> below() {
        return Stream.of(quoted("1:command:->command"), quoted("*::argument:->argument"));
    }

    private static String dispatch(CompletedCommand command) {
        String commands = command.commands().stream()
                .map(below -> "                " + quoted(below.name() + ":" + below.description()) + "\n")
                .collect(Collectors.joining());
        String calls = command.commands().stream()
                .map(below ->
                        "                " + String.join("|", below.names()) + ") " + functionName(below) + " ;;\n")
                .collect(Collectors.joining());
        return """
                    case $state in
                        command)
                            local -a commands=(
                COMMANDS            )
                            _describe -t commands command commands
                            ;;
                        argument)
                            case ${words[1]} in
                CALLS            esac
                            ;;
                    esac
                """.replace("COMMANDS", commands).replace("CALLS", calls);
    }

    private static Stream<String> options(CompletedOption option) {
        String others = option.repeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
        return option.names().stream()
                .map(name -> quoted(others + name + sign(name, option) + "[" + explained(option.description()) + "]"
                        + option.value().map(value -> message(value)).orElse("")));
    }

    /** Where zsh is to look for the value: after a space, directly behind, after an equals sign. */
    private static String sign(String name, CompletedOption option) {
        return option.value()
                .map(value -> value.attached() ? "=-" : name.startsWith("--") ? "=" : "+")
                .orElse("");
    }

    private static String message(CompletedValue value) {
        return (value.attached() ? "::" : ":") + labelled(value);
    }

    private static Stream<String> arguments(CompletedCommand command) {
        List<CompletedValue> arguments = command.arguments();
        Stream<String> own = IntStream.range(0, arguments.size())
                .mapToObj(index -> quoted((arguments.get(index).several() ? "*" : String.valueOf(index + 1)) + ":"
                        + labelled(arguments.get(index))));
        return arguments.isEmpty() ? furtherValues(command) : own;
    }

    // _arguments knows an option with many values only as one that swallows all options behind it.
    private static Stream<String> furtherValues(CompletedCommand command) {
        return command.options().stream()
                .filter(option -> option.value().filter(CompletedValue::several).isPresent())
                .limit(1)
                .map(option -> {
                    CompletedValue value = option.value().orElseThrow();
                    return quoted("*:" + value.label() + ":{ _NAME_after " + String.join(" ", option.names())
                            + " && compadd - " + String.join(" ", value.words()) + " }");
                });
    }

    private static String labelled(CompletedValue value) {
        return value.label().replace(":", "\\:") + ":"
                + switch (value.kind()) {
                    case WORD -> "(" + String.join(" ", value.words()) + ")";
                    case FILE -> "_files";
                    case FOLDER -> "_files -/";
                    // A space: the label is shown, and nothing offered.
                    case FREE -> " ";
                };
    }

    private static String functionName(CompletedCommand command) {
        return "_" + command.path().replace(' ', '_');
    }

    private static String explained(String text) {
        return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
