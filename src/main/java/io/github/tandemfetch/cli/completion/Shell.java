package io.github.tandemfetch.cli.completion;

import picocli.CommandLine.Model.CommandSpec;

/** The shells that can complete this program's command line. */
public enum Shell {
    /** GNU Bash, from the 3.2 that macOS has. */
    bash(new BashScript()),
    /** The Z shell. */
    zsh(new ZshScript()),
    /** The friendly interactive shell, from 3.0. */
    fish(new FishScript());

    private final CompletionScript script;

    Shell(CompletionScript script) {
        this.script = script;
    }

    /**
     * The script that makes the shell complete a program's command line.
     *
     * @param program the program's top command
     * @return the script, ending with a line end
     */
    public String completionOf(CommandSpec program) {
        return script.text(new CommandModelReader().read(program));
    }
}
