package io.github.tandemfetch.load;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A record that was left out.
 *
 * @param line the line on which it begins; the first is 1
 * @param field the field that is wrong; null where the whole record is
 * @param problem what is wrong, to follow the name of the field
 */
@RegisterForReflection
public record SkippedRecord(long line, String field, String problem) {}
