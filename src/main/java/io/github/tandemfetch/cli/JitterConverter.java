package io.github.tandemfetch.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads a duration that may be none: {@code 0}, {@code 0s}, or as {@link TimeoutConverter} does. */
final class JitterConverter implements ITypeConverter<Duration> {
    private static final Pattern NONE = Pattern.compile("0(ms|s|m|h)?");

    @Override
    public Duration convert(String text) {
        return NONE.matcher(text).matches() ? Duration.ZERO : new TimeoutConverter().convert(text);
    }
}
