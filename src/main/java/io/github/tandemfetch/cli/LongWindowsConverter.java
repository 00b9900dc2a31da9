package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.Fault.LongWindows.How;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what the simulator does with windows that are too long. */
class LongWindowsConverter implements ITypeConverter<How> {
    @Override
    public How convert(String value) {
        return Arrays.stream(How.values())
                .filter(how -> how.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
                        + Arrays.stream(How.values())
                                .map(how -> how.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
