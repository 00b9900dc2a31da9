package io.github.tandemfetch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * A failure as it is told to a person or a program.
 *
 * @param code a stable name for programs
 * @param message what went wrong
 * @param remedy what to do; may be empty
 * @param exitCode the code the process ends with
 * @param details the facts behind the message; absent where there are none
 */
@RegisterForReflection
@JsonPropertyOrder({"error", "message", "remedy", "exit_code", "details"})
public record ErrorReport(
        @JsonProperty("error") String code,
        String message,
        String remedy,
        @JsonProperty("exit_code") int exitCode,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> details) {

    ErrorReport(String code, String message, String remedy, int exitCode) {
        this(code, message, remedy, exitCode, Map.of());
    }

    static ErrorReport of(TandemException failure) {
        return new ErrorReport(
                failure.code(),
                failure.getMessage(),
                failure.remedy(),
                failure.exitStatus().code(),
                failure.details());
    }

    static ErrorReport unexpected(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return new ErrorReport(
                    "OUT_OF_MEMORY",
                    "Not enough memory.",
                    "Select fewer or shorter values, or raise the heap with -Xmx, such as -Xmx1g.",
                    ExitStatus.STORAGE_FAILURE.code());
        }
        return new ErrorReport(
                "INTERNAL_ERROR",
                "Internal error (" + failure.getClass().getSimpleName() + ").",
                "Run the same command with -vv and report its output; remove private data first.",
                ExitStatus.STORAGE_FAILURE.code());
    }
}
