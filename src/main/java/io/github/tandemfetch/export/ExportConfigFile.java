package io.github.tandemfetch.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.tandemfetch.failure.NearestName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A TOML file with a table {@code [export]}. A key that it does not know is an error, never ignored. */
public final class ExportConfigFile {
    private static final String EXPORT = "export";
    private static final String DATE_RANGE = "date_range";
    private static final List<String> KEYS = List.of(
            "tables",
            "format",
            "output_dir",
            "columns",
            "limit",
            "compress",
            "partition_by",
            "fetch_latest",
            "overwrite",
            DATE_RANGE);
    private static final List<String> DATE_KEYS = List.of("start_date", "end_date");

    private final Path path;

    /**
     * Names a file.
     *
     * @param path where it lies
     */
    public ExportConfigFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the file.
     *
     * @return what it says
     * @throws ExportArgumentException that names file and key where it is not there, is no TOML, or holds a key or a
     *     value it should not
     */
    public ExportFileSettings read() {
        JsonNode root = parse(text());
        requireKnown(root, List.of(EXPORT), "");
        JsonNode export = table(root, EXPORT, EXPORT);
        if (export == null) {
            throw invalid("has no table [export]", "Begin it with a line [export].");
        }
        requireKnown(export, KEYS, EXPORT + ".");
        JsonNode dates = table(export, DATE_RANGE, EXPORT + "." + DATE_RANGE);
        if (dates != null) {
            requireKnown(dates, DATE_KEYS, EXPORT + "." + DATE_RANGE + ".");
        }
        String start = dates == null ? null : text(dates, "start_date");
        String end = dates == null ? null : text(dates, "end_date");
        parsed("date_range", start, from -> DateRange.parse(from, end));
        parsed("date_range", end, to -> DateRange.parse(null, to));
        return new ExportFileSettings(
                parsed("tables", texts(export, "tables"), TableSelection::named),
                parsed("format", text(export, "format"), ExportFormat::parse),
                text(export, "output_dir"),
                parsed("columns", texts(export, "columns"), ColumnSelection::named),
                number(export, "limit"),
                parsed("compress", text(export, "compress"), ExportCompression::parse),
                parsed("partition_by", text(export, "partition_by"), PartitionUnit::parse),
                truth(export, "fetch_latest"),
                truth(export, "overwrite"),
                start,
                end);
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw invalid("does not exist", "Check the path given with --config.");
        } catch (CharacterCodingException e) {
            throw invalid("is not UTF-8 text", "Save it as UTF-8.");
        } catch (IOException e) {
            throw invalid("cannot be read", "Check that --config names a file, and its permissions.");
        }
    }

    private JsonNode parse(String text) {
        try {
            return new TomlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw invalid("is not valid TOML" + line, "Write lines like format = \"csv\" below a line [export].");
        }
    }

    private void requireKnown(JsonNode table, List<String> known, String prefix) {
        table.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid("has an unknown key \"" + prefix + name + "\"", NearestName.advice(name, known));
            }
        });
    }

    private JsonNode table(JsonNode parent, String key, String name) {
        JsonNode table = parent.get(key);
        if (table != null && !table.isObject()) {
            throw invalid("has a key \"" + name + "\" that is no table", "Write it as a line [" + name + "].");
        }
        return table;
    }

    private String text(JsonNode table, String key) {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid("has a key \"" + key + "\" that is no text", "Put its value in quotes.");
        }
        return value.textValue();
    }

    private List<String> texts(JsonNode table, String key) {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isTextual()) {
                throw invalid(
                        "has a key \"" + key + "\" that is no list of texts",
                        "Write it like " + key + " = [\"one\", \"another\"].");
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    private Long number(JsonNode table, String key) {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw invalid("has a key \"" + key + "\" that is no whole number", "Write it like " + key + " = 1000.");
        }
        return value.longValue();
    }

    private Boolean truth(JsonNode table, String key) {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw invalid("has a key \"" + key + "\" that is neither true nor false", "Write " + key + " = true.");
        }
        return value.booleanValue();
    }

    private <A, B> B parsed(String key, A value, Function<A, B> parser) {
        try {
            return value == null ? null : parser.apply(value);
        } catch (ExportArgumentException e) {
            throw new ExportArgumentException(
                    e.code(), "Configuration file " + path + ", key \"" + key + "\": " + e.getMessage(), e.remedy());
        }
    }

    private ExportArgumentException invalid(String problem, String remedy) {
        return new ExportArgumentException(
                "CONFIG_FILE_INVALID", "The configuration file " + path + " " + problem + ".", remedy);
    }
}
