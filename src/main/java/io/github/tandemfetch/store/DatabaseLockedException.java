package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** Another process holds the database file, and did not let go while this one waited. */
public final class DatabaseLockedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long holder;

    DatabaseLockedException(Path file, String holderName, OptionalLong holder, Throwable cause) {
        super(
                "DATABASE_LOCKED",
                "The database " + file + " is in use by " + describe(holderName, holder) + ".",
                "Wait until it has finished, or close it, and run the same command again.",
                cause);
        this.file = file.toString();
        this.holder = holder.orElse(-1);
    }

    /**
     * The process that holds the file.
     *
     * @return its process id, empty where the engine did not say
     */
    public OptionalLong holder() {
        return holder < 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }

    @Override
    public Map<String, Object> details() {
        return holder < 0 ? Map.of("file", file) : Map.of("file", file, "holder_pid", holder);
    }

    private static String describe(String holderName, OptionalLong holder) {
        if (holder.isEmpty()) {
            return "another process";
        }
        return (holderName == null ? "process " : holderName + ", process ") + holder.getAsLong();
    }
}
