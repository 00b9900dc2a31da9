package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tandemfetch.failure.NearestName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a file of text is packed as a whole. Parquet packs its columns itself. */
@RegisterForReflection
public enum ExportCompression {
    /** What every tool reads. */
    GZIP("gzip", "gz"),
    /** Smaller and faster, for tools that know it. */
    ZSTD("zstd", "zst");

    private final String compressionName;
    private final String extension;

    ExportCompression(String compressionName, String extension) {
        this.compressionName = compressionName;
        this.extension = extension;
    }

    /**
     * The name on the command line and in JSON.
     *
     * @return such as {@code gzip}
     */
    @JsonValue
    public String compressionName() {
        return compressionName;
    }

    /**
     * What is added to a file's name.
     *
     * @return such as {@code gz}, without a dot
     */
    public String extension() {
        return extension;
    }

    /**
     * The compression of a name, upper and lower case alike.
     *
     * @param name such as {@code gzip}
     * @return the compression
     * @throws ExportArgumentException where there is no such compression
     */
    public static ExportCompression parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        List<String> names =
                Arrays.stream(values()).map(ExportCompression::compressionName).toList();
        return Arrays.stream(values())
                .filter(compression -> compression.compressionName.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ExportArgumentException(
                        "UNKNOWN_COMPRESSION",
                        "There is no compression '" + name + "'.",
                        NearestName.advice(wanted, names())));
    }

    /**
     * The names of all compressions.
     *
     * @return {@code gzip} first
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(ExportCompression::compressionName).toList();
    }
}
