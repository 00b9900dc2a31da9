package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tandemfetch.failure.NearestName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of files that tables are exported to. */
@RegisterForReflection
public enum ExportFormat {
    /** Apache Parquet, zstd, times as UTC-adjusted, JSON as text. */
    PARQUET("parquet"),
    /** Comma-separated values as RFC 4180 has them, UTF-8, with a header. */
    CSV("csv"),
    /** One JSON array of objects. */
    JSON("json"),
    /** One JSON object a line. */
    JSONL("jsonl");

    private final String extension;

    ExportFormat(String extension) {
        this.extension = extension;
    }

    /**
     * What a file's name ends with; also the format's name on the command line and in JSON.
     *
     * @return such as {@code parquet}, without a dot
     */
    @JsonValue
    public String extension() {
        return extension;
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
                .filter(format -> format.extension.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ExportArgumentException(
                        "UNKNOWN_FORMAT",
                        "There is no export format '" + name + "'.",
                        NearestName.advice(wanted, names())));
    }

    /**
     * The names of all formats.
     *
     * @return {@code parquet} first
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(ExportFormat::extension).toList();
    }
}
