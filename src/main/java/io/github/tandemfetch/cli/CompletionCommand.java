package io.github.tandemfetch.cli;

import io.github.tandemfetch.cli.completion.Shell;
import io.quarkus.runtime.annotations.RegisterForReflection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem completion}. */
@Command(
        name = "completion",
        description = {"Print a shell completion script.", "Its first lines say where to save it."},
        footer = {
            "",
            "Examples:",
            "  source <(tandem completion bash)",
            "  tandem completion zsh > ~/.zfunc/_tandem",
            "  tandem completion fish > ~/.config/fish/completions/tandem.fish"
        })
class CompletionCommand implements Runnable {
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    Shell shell;

    @Spec
    CommandSpec spec;

    private final Output output;

    CompletionCommand(Output output) {
        this.output = output;
    }

    /**
     * A script as JSON.
     *
     * @param shell the shell it is for
     * @param script its text
     */
    @RegisterForReflection
    record ScriptDocument(String shell, String script) {}

    @Override
    public void run() {
        String script = shell.completionOf(spec.root());
        if (output.isJson()) {
            output.json(new ScriptDocument(shell.name(), script));
        } else {
            output.text(script.stripTrailing());
        }
    }
}
