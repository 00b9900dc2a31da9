package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.NearestName;
import io.github.tandemfetch.load.InvalidRecordPolicy;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --on-error}: reads one, and lists them for the shell. */
@Singleton
@Unremovable
class OnErrorActions implements ITypeConverter<InvalidRecordPolicy>, Iterable<String> {
    private static final List<String> NAMES = List.of("fail", "skip");

    @Override
    public InvalidRecordPolicy convert(String text) {
        if (!NAMES.contains(text)) {
            throw new TypeConversionException("'" + text + "' is not fail or skip. " + NearestName.advice(text, NAMES));
        }
        return InvalidRecordPolicy.valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
