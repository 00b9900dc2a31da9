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
    /** Stands for a home folder that is not known: nothing can be created below a file. */
    private static final Path NO_HOME = Path.of("/dev/null/home");

    /**
     * The environment of this process. {@code HOME} wins over the account's home folder, as it does in a shell.
     *
     * @return the process' variables and folders
     */
    @Produces
    @Singleton
    public Environment environment() {
        Map<String, String> variables = ProcessVariables.read();
        Path workingDirectory = Path.of("").toAbsolutePath();
        String home = variables.getOrDefault("HOME", "");
        Path homeDirectory = home.isEmpty() ? accountHome() : folder(home);
        return new Environment(variables, workingDirectory, workingDirectory.resolve(homeDirectory));
    }

    /** Java names an unknown home folder "?", which would be a folder in the working folder. */
    private static Path accountHome() {
        Path home = folder(System.getProperty("user.home", "?"));
        return home.isAbsolute() ? home : NO_HOME;
    }

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException unreadableInThisLocale) {
            return NO_HOME;
        }
    }
}
