package io.github.tandemfetch.cli.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads from picocli's model what the shells need to know. */
final class CommandModelReader {
    CompletedCommand read(CommandSpec command) {
        return new CompletedCommand(
                command.qualifiedName(),
                List.of(command.aliases()),
                sentence(command.usageMessage().description()),
                command.options().stream()
                        .filter(option -> !option.hidden())
                        .map(CommandModelReader::option)
                        .toList(),
                command.positionalParameters().stream()
                        .filter(argument -> !argument.hidden())
                        .map(CommandModelReader::value)
                        .toList(),
                // picocli lists a command under each of its aliases, too.
                new LinkedHashSet<>(command.subcommands().values())
                        .stream()
                                .map(CommandLine::getCommandSpec)
                                .filter(below -> !below.usageMessage().hidden())
                                .map(this::read)
                                .toList());
    }

    private static CompletedOption option(OptionSpec option) {
        boolean flag = option.arity().max() == 0;
        return new CompletedOption(
                List.of(option.names()),
                sentence(option.description()),
                option.isMultiValue(),
                flag ? Optional.empty() : Optional.of(value(option)));
    }

    private static CompletedValue value(ArgSpec argument) {
        List<String> words = words(argument);
        return new CompletedValue(
                argument.paramLabel(),
                words.isEmpty() ? kind(argument.paramLabel()) : CompletedValue.Kind.WORD,
                words,
                argument.isOption() && argument.arity().min() == 0,
                argument.arity().max() > 1);
    }

    private static List<String> words(ArgSpec argument) {
        List<String> words = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(words::add);
        } else if (argument.type() == boolean.class || argument.type() == Boolean.class) {
            words.addAll(List.of("true", "false"));
        }
        return words;
    }

    // Paths are strings in many options, because the settings tell an absent one from an empty one; the label that a
    // person reads is the one thing that tells them from other strings.
    private static CompletedValue.Kind kind(String label) {
        return switch (label) {
            case "FILE" -> CompletedValue.Kind.FILE;
            case "DIR" -> CompletedValue.Kind.FOLDER;
            default -> CompletedValue.Kind.FREE;
        };
    }

    /** The first sentence, without its full stop. */
    private static String sentence(String[] description) {
        String text = Arrays.stream(description).findFirst().orElse("");
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
