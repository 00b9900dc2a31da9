package io.github.tandemfetch.cli.completion;

import java.util.List;
import java.util.Optional;

/**
 * An option as a shell sees it.
 *
 * @param names all its names, with their hyphens
 * @param description one sentence
 * @param repeatable whether it may be given several times
 * @param value what follows it; empty for a flag
 */
record CompletedOption(List<String> names, String description, boolean repeatable, Optional<CompletedValue> value) {}
