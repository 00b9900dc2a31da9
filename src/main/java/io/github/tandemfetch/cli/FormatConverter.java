package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.NearestName;
import io.github.tandemfetch.query.format.OutputFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a format. */
final class FormatConverter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String text) {
        List<String> names = Arrays.stream(OutputFormat.values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(text)) {
            throw new TypeConversionException("'" + text + "' is no format. " + NearestName.advice(text, names));
        }
        return OutputFormat.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
