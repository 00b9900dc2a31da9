package io.github.tandemfetch.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * Whether all is well.
 *
 * @param status {@code UP} or {@code DOWN}
 * @param checks what was looked at
 */
@RegisterForReflection
public record HealthDocument(String status, List<Check> checks) {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /**
     * One thing that was looked at.
     *
     * @param name what
     * @param status {@code UP} or {@code DOWN}
     * @param data the facts
     */
    @RegisterForReflection
    public record Check(String name, String status, Map<String, Object> data) {
        static Check of(String name, boolean well, Map<String, Object> data) {
            return new Check(name, well ? UP : DOWN, data);
        }
    }

    static HealthDocument of(List<Check> checks) {
        return new HealthDocument(
                checks.stream().allMatch(check -> check.status().equals(UP)) ? UP : DOWN, checks);
    }

    @JsonIgnore
    boolean isUp() {
        return status.equals(UP);
    }
}
