package io.github.tandemfetch.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the name of an export file says about its content, such as {@code readings.csv.gz}.
 *
 * @param format the format of its extension; null where the extension is unknown or missing
 * @param compression the compression of its extension; null where it has none
 */
public record FileNameFormat(ExportFormat format, ExportCompression compression) {
    private static final String CONTRADICTION = "FORMAT_CONTRADICTION";

    /**
     * Reads a file name; upper and lower case are alike.
     *
     * @return what its extensions say
     */
    public static FileNameFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        ExportCompression compression = Arrays.stream(ExportCompression.values())
                .filter(each -> name.endsWith("." + each.extension()))
                .findFirst()
                .orElse(null);
        String rest = compression == null
                ? name
                : name.substring(0, name.length() - compression.extension().length() - 1);
        String extension = rest.substring(rest.lastIndexOf('.') + 1);
        ExportFormat format = rest.indexOf('.') < 0
                ? null
                : Arrays.stream(ExportFormat.values())
                        .filter(each -> each.hasExtension(extension))
                        .findFirst()
                        .orElse(null);
        return new FileNameFormat(format, compression);
    }

    /**
     * The format to write.
     *
     * @param file the file of this name
     * @param given the format of an option or a configuration file, or null
     * @return the format
     * @throws ExportArgumentException where the name says another format than the one given, or neither says any
     */
    public ExportFormat formatFor(Path file, ExportFormat given) {
        if (given == null && format == null) {
            throw new ExportArgumentException(
                    "FORMAT_UNKNOWN",
                    "The extension of " + file + " names no export format.",
                    "Add --format, or use the extension of a format: " + String.join(", ", ExportFormat.names()) + ".");
        }
        if (given != null && format != null && given != format) {
            throw new ExportArgumentException(
                    CONTRADICTION,
                    "The extension of " + file + " is that of " + format.extension() + ", but the format is "
                            + given.extension() + ".",
                    "Change --format, the format in the configuration file, or the name.");
        }
        return given == null ? format : given;
    }

    /**
     * The compression to write.
     *
     * @param file the file of this name
     * @param given the compression of an option or a configuration file, or null
     * @return the compression; null for none
     * @throws ExportArgumentException where the name says another compression than the one given
     */
    public ExportCompression compressionFor(Path file, ExportCompression given) {
        if (given != null && given != compression && (compression != null || format != null)) {
            throw new ExportArgumentException(
                    CONTRADICTION,
                    "The file is to be compressed with " + given.compressionName() + ", but the extension of " + file
                            + (compression == null
                                    ? " is that of an uncompressed file."
                                    : " is that of " + compression.compressionName() + "."),
                    "Change --compress, the compression in the configuration file, or the name.");
        }
        return given == null ? compression : given;
    }
}
