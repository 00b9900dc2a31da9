package io.github.tandemfetch.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Takes the {@link Environment} of the running process, once. */
@Dependent
public class EnvironmentProducer {
    /** Stands for a home folder that is not known: nothing is there, and nothing can be created there. */
    private static final Path NO_HOME = Path.of("/proc/self/unknown-home");

    /**
     * The environment of this process. {@code HOME} wins over the account's home folder, as it does in a shell.
     *
     * @return the process' variables and folders
     */
    @Produces
    @Singleton
    public Environment environment() {
        return environment(ProcessVariables.read(), System.getProperty("user.home", "?"));
    }

    static Environment environment(Map<String, String> variables, String accountHome) {
        Path workingDirectory = Path.of("").toAbsolutePath();
        // Java names the home folder of an unknown user "?", which would be a folder in the working folder.
        String home = variables.getOrDefault("HOME", "");
        Path homeDirectory =
                home.isEmpty() && accountHome.equals("?") ? NO_HOME : folder(home.isEmpty() ? accountHome : home);
        return new Environment(variables, workingDirectory, workingDirectory.resolve(homeDirectory));
    }

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException unreadableInThisLocale) {
            return NO_HOME;
        }
    }
}
