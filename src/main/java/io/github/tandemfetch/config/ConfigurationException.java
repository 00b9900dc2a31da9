package io.github.tandemfetch.config;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;

/** A setting, the credentials file or the lack of either keeps a command from starting. */
public class ConfigurationException extends TandemException {
    private static final long serialVersionUID = 1L;

    /** Code: a value of a flag, a variable or the credentials file cannot be used. */
    public static final String SETTING_INVALID = "SETTING_INVALID";
    /** Code: the credentials file cannot be read as what it should be. */
    public static final String CREDENTIALS_FILE_INVALID = "CREDENTIALS_FILE_INVALID";
    /** Code: the credentials file cannot be read, written or removed. */
    public static final String CREDENTIALS_FILE_UNUSABLE = "CREDENTIALS_FILE_UNUSABLE";
    /** Code: the cached token cannot be removed. */
    public static final String TOKEN_NOT_REMOVED = "TOKEN_NOT_REMOVED";
    /** Code: no folder can be written in which a refused password could be remembered. */
    public static final String CACHE_FOLDER_UNUSABLE = "CACHE_FOLDER_UNUSABLE";
    /** Code: e-mail, password or region is not known. */
    public static final String CREDENTIALS_MISSING = "CREDENTIALS_MISSING";

    /**
     * Creates a failure without a cause.
     *
     * @param code one of this class's codes
     * @param message what is wrong, never with a secret in it
     * @param remedy what to do about it
     */
    public ConfigurationException(String code, String message, String remedy) {
        super(code, message, remedy, ExitStatus.INVALID_USAGE);
    }

    /**
     * Creates a failure that wraps another.
     *
     * @param code one of this class's codes
     * @param message what is wrong, never with a secret in it
     * @param remedy what to do about it
     * @param cause the failure underneath; its message must be free of secrets too
     */
    public ConfigurationException(String code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, ExitStatus.INVALID_USAGE, cause);
    }
}
