package io.github.tandemfetch.cli.completion;

import java.util.List;
import java.util.stream.Stream;

/**
 * A command as a shell sees it: what may follow it on the line.
 *
 * @param path its name after those of the commands above it, such as {@code tandem export}
 * @param aliases other names that are understood, and not offered
 * @param description one sentence
 * @param options what may be given to it
 * @param arguments its own arguments, in order
 * @param commands the commands below it
 */
record CompletedCommand(
        String path,
        List<String> aliases,
        String description,
        List<CompletedOption> options,
        List<CompletedValue> arguments,
        List<CompletedCommand> commands) {

    /** The name it is listed with. */
    String name() {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** Its name and its aliases. */
    List<String> names() {
        return Stream.concat(Stream.of(name()), aliases.stream()).toList();
    }

    /** This command and all below it, the upper ones first. */
    Stream<CompletedCommand> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(CompletedCommand::all));
    }
}
