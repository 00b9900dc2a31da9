package io.github.tandemfetch.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where in the body, as a JSON pointer in a fragment; null where it is not in the body
 * @param parameter which parameter of the query; null where it is none
 * @param header which header; null where it is none
 * @param detail what is wrong, and what would be right
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"detail", "pointer", "parameter", "header"})
public record Fault(String pointer, String parameter, String header, String detail) {
    static Fault inBody(String pointer, String detail) {
        return new Fault("#" + pointer, null, null, detail);
    }

    static Fault inQuery(String parameter, String detail) {
        return new Fault(null, parameter, null, detail);
    }

    static Fault inHeader(String header, String detail) {
        return new Fault(null, null, header, detail);
    }
}
