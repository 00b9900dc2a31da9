package io.github.tandemfetch.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the process was started with. The only source of environment variables in the program, so that tests need no
 * process of their own.
 *
 * @param variables the environment variables
 * @param workingDirectory the folder that relative paths start from, absolute
 * @param homeDirectory the person's home folder, absolute
 */
public record Environment(Map<String, String> variables, Path workingDirectory, Path homeDirectory) {
    /** Copies the variables; all parts are required. */
    public Environment {
        variables = Map.copyOf(variables);
        Objects.requireNonNull(workingDirectory, "workingDirectory");
        Objects.requireNonNull(homeDirectory, "homeDirectory");
    }

    /**
     * A variable's value. A variable that is set but empty counts as not set, as cron files and CI jobs leave them.
     *
     * @param name the variable's name
     * @return its value, exactly as set
     */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * A folder of the XDG Base Directory specification: the variable where it holds an absolute path (others are to be
     * ignored, says the specification), else a folder in the home folder.
     *
     * @param variable such as {@code XDG_CACHE_HOME}
     * @param inHome the folder's name in the home folder, such as {@code .cache}
     * @return an absolute path, which need not exist
     */
    public Path baseDirectory(String variable, String inHome) {
        return variable(variable)
                .filter(value -> value.indexOf('\0') < 0)
                .map(value -> workingDirectory.getFileSystem().getPath(value))
                .filter(Path::isAbsolute)
                .orElseGet(() -> homeDirectory.resolve(inHome));
    }

    /** Leaves the variables out: one of them may be a password. */
    @Override
    public String toString() {
        return "Environment[workingDirectory=" + workingDirectory + ", homeDirectory=" + homeDirectory + "]";
    }
}
