package io.github.tandemfetch.failure;

import java.util.Map;
import java.util.Objects;

/**
 * A failure that a person can act on: what happened (the message), what to do about it (the remedy) and which exit
 * code it ends the process with. Every exception that leaves a package is one of these; causes are wrapped once, where
 * the foreign library is called.
 *
 * <p>Neither message nor remedy may carry a password, a token or an e-mail address.
 */
public class TandemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String remedy;
    private final ExitStatus exitStatus;

    /**
     * Creates a failure without a cause.
     *
     * @param code a stable name for programs, in capitals, such as {@code LOGIN_REFUSED}
     * @param message what happened, one sentence
     * @param remedy what to do about it, one sentence
     * @param exitStatus the exit code's class
     */
    public TandemException(String code, String message, String remedy, ExitStatus exitStatus) {
        this(code, message, remedy, exitStatus, null);
    }

    /**
     * Creates a failure that wraps another.
     *
     * @param code a stable name for programs, in capitals, such as {@code LOGIN_REFUSED}
     * @param message what happened, one sentence
     * @param remedy what to do about it, one sentence
     * @param exitStatus the exit code's class
     * @param cause the failure underneath, or null
     */
    public TandemException(String code, String message, String remedy, ExitStatus exitStatus, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.exitStatus = Objects.requireNonNull(exitStatus, "exitStatus");
    }

    /**
     * A stable name for programs.
     *
     * @return such as {@code LOGIN_REFUSED}
     */
    public String code() {
        return code;
    }

    /**
     * What the person can do.
     *
     * @return one sentence
     */
    public String remedy() {
        return remedy;
    }

    /**
     * The class of exit code this failure ends the process with.
     *
     * @return never null
     */
    public ExitStatus exitStatus() {
        return exitStatus;
    }

    /**
     * The facts that the message tells, for programs.
     *
     * @return texts and numbers by name; empty where there is nothing to tell
     */
    public Map<String, Object> details() {
        return Map.of();
    }
}
