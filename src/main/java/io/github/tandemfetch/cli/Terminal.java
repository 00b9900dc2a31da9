package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells which of the standard streams a person looks at. Java itself does not. */
@Singleton
public class Terminal {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Environment environment;

    Terminal(Environment environment) {
        this.environment = environment;
    }

    /**
     * Whether a person can type.
     *
     * @return true where standard input is a terminal
     */
    public boolean isInput() {
        return isTerminal(STDIN);
    }

    /**
     * Whether a person reads the data.
     *
     * @return true where standard output is a terminal
     */
    public boolean isOutput() {
        return isTerminal(STDOUT);
    }

    /**
     * Whether a person watches the progress.
     *
     * @return true where standard error is a terminal that can redraw a line
     */
    public boolean isProgress() {
        return isTerminal(STDERR) && !"dumb".equals(environment.variable("TERM").orElse("dumb"));
    }

    /**
     * Whether colors are welcome, see no-color.org.
     *
     * @return false where {@code NO_COLOR} is set or standard error is no terminal with colors
     */
    public boolean isColorful() {
        return environment.variable("NO_COLOR").isEmpty() && isProgress();
    }

    private static boolean isTerminal(int descriptor) {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")) {
            return System.console() != null;
        }
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/")
                        || target.startsWith("/dev/tty")
                        || target.startsWith("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return isTerminalByTest(descriptor);
    }

    private static boolean isTerminalByTest(int descriptor) {
        try {
            return new ProcessBuilder("test", "-t", String.valueOf(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
