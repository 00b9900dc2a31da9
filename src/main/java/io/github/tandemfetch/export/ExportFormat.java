package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tandemfetch.failure.NearestName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The formats of files that tables are exported to. A new format is a constant here, and a layout. */
@RegisterForReflection
public enum ExportFormat {
    /** Apache Parquet, zstd, times as UTC-adjusted, JSON as text. */
    PARQUET(
            List.of("parquet"),
            "application/vnd.apache.parquet",
            "Apache Parquet, compressed inside with zstd",
            Set.of(Trait.COMPRESSED_INSIDE, Trait.NEEDS_A_FILE, Trait.PARTITIONED),
            compression -> new ParquetLayout()),
    /** Comma-separated values as RFC 4180 has them, UTF-8, with a header. */
    CSV(
            List.of("csv"),
            "text/csv; charset=utf-8; header=present",
            "Comma-separated values with a header, RFC 4180, UTF-8",
            Set.of(),
            CsvLayout::new),
    /** One JSON array of objects. */
    JSON(
            List.of("json"),
            "application/json",
            "One JSON array of objects",
            Set.of(),
            compression -> new JsonLayout(true, compression)),
    /** One JSON object a line. */
    JSONL(
            List.of("jsonl", "ndjson"),
            "application/jsonl",
            "One JSON object a line",
            Set.of(),
            compression -> new JsonLayout(false, compression));

    /** What sets a format apart from a file of text. */
    private enum Trait {
        COMPRESSED_INSIDE,
        NEEDS_A_FILE,
        PARTITIONED
    }

    /** The format where none is named. */
    public static final ExportFormat DEFAULT = PARQUET;

    private final List<String> extensions;
    private final String mediaType;
    private final String description;
    private final Set<Trait> traits;
    private final Function<ExportCompression, FileLayout> layout;

    ExportFormat(
            List<String> extensions,
            String mediaType,
            String description,
            Set<Trait> traits,
            Function<ExportCompression, FileLayout> layout) {
        this.extensions = extensions;
        this.mediaType = mediaType;
        this.description = description;
        this.traits = traits;
        this.layout = layout;
    }

    /**
     * The extension of the format's files; also the format's name on the command line and in JSON.
     *
     * @return such as {@code parquet}, without a dot
     */
    @JsonValue
    public String extension() {
        return extensions.get(0);
    }

    /** Whether files of the format have this extension, given in lower case without a dot. */
    boolean hasExtension(String extension) {
        return extensions.contains(extension);
    }

    /** The media type of the format's files, unless they are compressed as a whole. */
    public String mediaType() {
        return mediaType;
    }

    /** What the format is, a phrase. */
    public String description() {
        return description;
    }

    /** Whether a file of the format is compressed inside, so that it cannot be compressed as a whole. */
    public boolean isCompressedInside() {
        return traits.contains(Trait.COMPRESSED_INSIDE);
    }

    /** Whether a reader needs a file, so that the format cannot go to standard output. */
    public boolean needsFile() {
        return traits.contains(Trait.NEEDS_A_FILE);
    }

    /** Whether a table can be written to a folder of files by time. */
    public boolean canBePartitioned() {
        return traits.contains(Trait.PARTITIONED);
    }

    /** How rows become a file, with a compression of the whole file or null. */
    FileLayout layout(ExportCompression compression) {
        return layout.apply(compression);
    }

    /**
     * The format of a name, upper and lower case alike.
     *
     * @param name such as {@code csv}
     * @return the format
     * @throws ExportArgumentException where there is no such format
     */
    public static ExportFormat parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ExportArgumentException(
                        "UNKNOWN_FORMAT",
                        "There is no export format '" + name + "'.",
                        NearestName.advice(wanted, names())));
    }

    /** The names of all formats, the default first. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ExportFormat::extension).toList();
    }

    /** The names of some formats, as in "csv, json or jsonl". */
    public static String anyOf(Predicate<ExportFormat> which) {
        List<String> names = Arrays.stream(values())
                .filter(which)
                .map(ExportFormat::extension)
                .toList();
        return names.size() < 2
                ? String.join("", names)
                : names.stream().limit(names.size() - 1).collect(Collectors.joining(", ")) + " or "
                        + names.get(names.size() - 1);
    }
}
