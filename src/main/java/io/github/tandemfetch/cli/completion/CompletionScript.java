package io.github.tandemfetch.cli.completion;

/** Writes a command down in the language of a shell, so that the shell completes it. */
interface CompletionScript {
    /**
     * The script of a program.
     *
     * @param program the program's command, with all below it
     * @return the script, ending with a line end
     */
    String text(CompletedCommand program);
}
