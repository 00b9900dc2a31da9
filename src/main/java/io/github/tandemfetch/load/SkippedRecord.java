package io.github.tandemfetch.load;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An invalid record that was skipped.
 *
 * @param line the first line of the record, from 1
 * @param field the invalid field; null for the whole record
 * @param problem follows the name of the field
 */
@RegisterForReflection
public record SkippedRecord(long line, String field, String problem) {}
