package io.github.tandemfetch.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads CSV (RFC 4180) whose header names the fields. {@code properties} holds the text of a JSON object; an empty
 * {@code last_seen} is null.
 */
final class CsvReader implements RecordReader {
    private static final Set<String> OBJECTS = Set.of("properties");
    private static final Set<String> NULL_WHEN_EMPTY = Set.of("last_seen");

    private final CsvParser parser;
    private final Map<String, String> values = new LinkedHashMap<>();
    private String problem;
    private String problemField;
    private long line;

    CsvReader(Reader reader, char separator) throws IOException {
        this.parser = CsvFactory.builder()
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build()
                .createParser(reader);
        parser.setSchema(CsvSchema.emptySchema().withHeader().withColumnSeparator(separator));
    }

    @Override
    public boolean advance() throws IOException {
        values.clear();
        problem = null;
        problemField = null;
        try {
            JsonToken token = parser.nextToken();
            while (token != null && token != JsonToken.FIELD_NAME) {
                token = parser.nextToken();
            }
            if (token == null) {
                return false;
            }
            line = parser.currentTokenLocation().getLineNr();
            while (token == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                put(name, parser.getText());
                token = parser.nextToken();
            }
        } catch (CharacterCodingException e) {
            throw new IOException("not valid UTF-8 after line " + line, e);
        } catch (JsonProcessingException e) {
            problem = "is not a valid CSV row: " + e.getOriginalMessage();
            line = e.getLocation() == null ? line : e.getLocation().getLineNr();
        }
        return true;
    }

    private void put(String name, String text) {
        String value = text.isEmpty() && NULL_WHEN_EMPTY.contains(name) ? null : text;
        if (values.containsKey(name)) {
            problem = "is duplicated";
            problemField = name;
        }
        values.put(name, value);
    }

    @Override
    public JsonFields fields() throws MalformedRecordException {
        if (problem != null) {
            throw new MalformedRecordException(problemField, problem);
        }
        return JsonFields.ofTexts(values, OBJECTS);
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
