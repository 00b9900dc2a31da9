package io.github.tandemfetch.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;

/**
 * An error, as RFC 9457 has it.
 *
 * @param type a stable name for programs, a URN
 * @param title the same in words, the same each time
 * @param status the status code of the answer
 * @param detail what is the matter this time, and what to do
 * @param errors every fault of the request; absent where there is none to list
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "errors"})
public record Problem(String type, String title, int status, String detail, List<Fault> errors) {
    /** The media type of errors. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "urn:tandem-fetch:problem:";

    /** Keeps its own copy of the faults. */
    public Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(int status, String title, String detail) {
        return of(status, title, detail, List.of());
    }

    static Problem of(int status, String title, String detail, List<Fault> errors) {
        return new Problem(
                TYPES + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), title, status, detail, errors);
    }

    /** The error of a status that says all there is to say. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> of(400, "Bad request", "The request is not well-formed.");
            case 401 -> of(401, "Unauthorized", "This server asks for a token: Authorization: Bearer TOKEN.");
            case 404 -> of(404, "Not found", "There is nothing here. See /q/openapi for what there is.");
            case 405 -> of(405, "Method not allowed", "The header Allow tells which methods there are.");
            case 408 -> of(408, "Request timeout", "The request took too long to come.");
            case 413 -> of(413, "Content too large", "A body of up to 65536 bytes is taken.");
            case 414 -> of(414, "URI too long", "The address of up to 4096 bytes is taken.");
            case 415 -> of(415, "Unsupported media type", "Send the body as application/json.");
            case 431 -> of(431, "Request header fields too large", "Headers of up to 8192 bytes are taken.");
            case 505 -> of(505, "HTTP version not supported", "This server speaks HTTP/1.1 and HTTP/1.0.");
            default ->
                status >= 500
                        ? of(
                                status,
                                "Internal server error",
                                "Something went wrong that should not. The log tells more.")
                        : of(status, "Request refused", "The request cannot be answered.");
        };
    }
}
