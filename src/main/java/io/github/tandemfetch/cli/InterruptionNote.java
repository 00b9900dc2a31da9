package io.github.tandemfetch.cli;

import java.util.function.Supplier;

/** Tells a person who breaks off a long piece of work that it is not lost. */
final class InterruptionNote {
    private final Output output;

    InterruptionNote(Output output) {
        this.output = output;
    }

    /** Does the work; an end from outside meanwhile is told. */
    <T> T during(Supplier<T> work) {
        Thread hook = new Thread(this::tell, "tandem-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            forget(hook);
        }
    }

    private void tell() {
        if (output.showsProgress()) {
            output.progress("");
        }
        output.summary("Interrupted. What is stored is whole; the same command goes on where it stopped.");
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}
