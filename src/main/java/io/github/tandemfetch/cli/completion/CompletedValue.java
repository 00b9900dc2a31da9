package io.github.tandemfetch.cli.completion;

import java.util.List;

/**
 * What an option's value or an argument may be.
 *
 * @param label what the help calls it
 * @param kind what the shell can offer for it
 * @param words the values to offer, where the kind is {@link Kind#WORD}
 * @param attached whether it counts only after an equals sign, because it may be left out
 * @param several whether more values of the kind may follow
 */
record CompletedValue(String label, Kind kind, List<String> words, boolean attached, boolean several) {
    /** What a shell can offer. */
    enum Kind {
        /** One of some words. */
        WORD,
        /** The path of a file. */
        FILE,
        /** The path of a folder. */
        FOLDER,
        /** Nothing: only the person knows. */
        FREE
    }
}
