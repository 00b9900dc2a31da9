package io.github.tandemfetch.cli.completion;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bash completion, in what Bash 3.2 understands and without the bash-completion package. */
final class BashScript implements CompletionScript {
    private static final String SCRIPT = """
            # bash completion for NAME
            #
            # For this shell:   source <(NAME completion bash)
            # For every shell:  mkdir -p ~/.local/share/bash-completion/completions
            #                   NAME completion bash > ~/.local/share/bash-completion/completions/NAME
            #                   (needs the package bash-completion; else source that file in ~/.bashrc)

            _NAME() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                local command=NAME option="" given=0 attached="" kind=none words="" options="" index word

                # An equals sign is a word of its own here.
                if [[ $current == "=" ]]; then
                    current="" attached="="
                elif [[ $previous == "=" ]]; then
                    attached="="
                fi

                for ((index = 1; index < COMP_CWORD; index++)); do
                    word=${COMP_WORDS[index]}
                    case $word in
                        =) ;;
                        -*) option=$word given=0 ;;
                        *)
                            given=$((given + 1))
                            case "$command $word" in
            COMMANDS
                            esac
                            ;;
                    esac
                done

                case "$command" in
            WORDS
                esac

                # The value of an option, where one is due.
                case "$command $option $given$attached" in
            VALUES
                esac

                COMPREPLY=()
                if [[ $current == -* ]]; then
                    kind=word words=$options
                fi
                case $kind in
                    word)
                        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
                        ;;
                    files)
                        compopt -o filenames 2> /dev/null
                        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
                        ;;
                    folders)
                        compopt -o filenames 2> /dev/null
                        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current")
                        ;;
                esac
            }

            complete -F _NAME NAME
            """;

    @Override
    public String text(CompletedCommand program) {
        return SCRIPT.replace("COMMANDS\n", lines(program.all().flatMap(BashScript::steps), 20))
                .replace("WORDS\n", lines(program.all().flatMap(BashScript::offers), 8))
                .replace("VALUES\n", lines(program.all().flatMap(BashScript::values), 8))
                .replace("NAME", program.name());
    }

    private static String lines(Stream<String> lines, int indent) {
        return lines.map(line -> " ".repeat(indent) + line + "\n").collect(Collectors.joining());
    }

    private static Stream<String> steps(CompletedCommand above) {
        return above.commands().stream()
                .map(command -> pattern(command.names().stream().map(name -> above.path() + " " + name)) + " command=\""
                        + command.path() + "\" option=\"\" given=0 ;;");
    }

    private static Stream<String> offers(CompletedCommand command) {
        String options = command.options().stream()
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" "));
        return Stream.of("\"" + command.path() + "\") options=\"" + options + "\" " + next(command) + " ;;");
    }

    /** What follows a command that is no option: a command below it, or its argument. */
    private static String next(CompletedCommand command) {
        if (!command.commands().isEmpty()) {
            return "kind=word words=\""
                    + command.commands().stream().map(CompletedCommand::name).collect(Collectors.joining(" ")) + "\"";
        }
        return command.arguments().stream()
                .filter(argument -> argument.kind() != CompletedValue.Kind.FREE)
                .findFirst()
                .map(BashScript::offer)
                .orElse("kind=none");
    }

    private static Stream<String> values(CompletedCommand command) {
        return command.options().stream().flatMap(option -> option.value().stream()
                .map(value -> option.names().stream()
                                .map(name -> "\"" + command.path() + " " + name + due(value))
                                .collect(Collectors.joining(" | "))
                        + ") " + offer(value) + " ;;"));
    }

    /** When the shell is at an option's value, in the words given since the option and an equals sign. */
    private static String due(CompletedValue value) {
        if (value.attached()) {
            return " 0=\"";
        }
        return value.several() ? " \"*" : " 0\"*";
    }

    private static String offer(CompletedValue value) {
        return switch (value.kind()) {
            case WORD -> "kind=word words=\"" + String.join(" ", value.words()) + "\"";
            case FILE -> "kind=files";
            case FOLDER -> "kind=folders";
            case FREE -> "kind=none";
        };
    }

    private static String pattern(Stream<String> texts) {
        return texts.map(text -> "\"" + text + "\"").collect(Collectors.joining(" | ")) + ")";
    }
}
