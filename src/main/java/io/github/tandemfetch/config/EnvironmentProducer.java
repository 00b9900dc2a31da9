package io.github.tandemfetch.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;

/** Takes the {@link Environment} of the running process, once. */
@Dependent
public class EnvironmentProducer {
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
        Path homeDirectory = home.isEmpty() ? Path.of(System.getProperty("user.home")) : Path.of(home);
        return new Environment(variables, workingDirectory, workingDirectory.resolve(homeDirectory));
    }
}
