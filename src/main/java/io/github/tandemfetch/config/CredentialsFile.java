package io.github.tandemfetch.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.tandemfetch.failure.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code credentials.toml}: a table {@code [tandem]} of texts. Errors name file, line and key; they never quote
 * the file, whose next word may be the password, and they carry no cause that does.
 */
public final class CredentialsFile {
    static final String TABLE = "tandem";
    static final String EMAIL = "email";
    static final String PASSWORD = "password";
    static final String REGION = "region";
    static final String TIMEZONE = "timezone";
    static final String PUMP_SERIAL = "pump_serial";

    private static final List<String> KEYS = List.of(EMAIL, PASSWORD, REGION, TIMEZONE, PUMP_SERIAL);
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*[\"']?([A-Za-z0-9_-]+)[\"']?\\s*=.*", Pattern.DOTALL);
    private static final String EXAMPLE = "The file should hold a table [tandem] with email = \"…\", password = \"…\", "
            + "region = \"US\" or \"EU\"; `tandem login` writes it.";

    private final Path path;

    /**
     * Names a file, which need not exist.
     *
     * @param path where it lies
     */
    public CredentialsFile(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Where the file lies if nothing else is said: {@code sensitive/credentials.toml} in the working folder if that is
     * there, else {@code tandem/credentials.toml} in the folder for configuration.
     *
     * @param environment the process' environment
     * @return an absolute path, which need not exist
     */
    public static Path defaultPath(Environment environment) {
        Path local = environment.workingDirectory().resolve("sensitive").resolve("credentials.toml");
        return Files.exists(local)
                ? local
                : environment
                        .baseDirectory("XDG_CONFIG_HOME", ".config")
                        .resolve("tandem")
                        .resolve("credentials.toml");
    }

    /**
     * Where the file lies.
     *
     * @return as given
     */
    public Path path() {
        return path;
    }

    /**
     * Whether there is anything of this name.
     *
     * @return false also where a parent folder is missing
     */
    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Whether others than the owner may read or change the file.
     *
     * @return false where there is no file, or no such permissions
     */
    public boolean isOpenToOthers() {
        try {
            return exists() && PrivateFile.isOpenToOthers(path);
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Reads the file.
     *
     * @return its content; {@link StoredCredentials#none()} where there is no file
     * @throws ConfigurationException where it cannot be read, is no TOML, or holds a key or type it should not
     */
    public StoredCredentials read() {
        String text = text();
        if (text == null) {
            return StoredCredentials.none();
        }
        JsonNode root = parse(text);
        root.fieldNames().forEachRemaining(name -> {
            if (!name.equals(TABLE)) {
                throw unknown(text, name, List.of(TABLE), KEYS.contains(name));
            }
        });
        JsonNode table = root.get(TABLE);
        if (table == null) {
            throw invalid(" has no table [" + TABLE + "].", EXAMPLE);
        }
        if (!table.isObject()) {
            throw invalid(at(lineOf(text, TABLE)) + ": \"" + TABLE + "\" must be a table.", EXAMPLE);
        }
        table.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                throw unknown(text, name, KEYS, false);
            }
        });
        String password = value(text, table, PASSWORD);
        return new StoredCredentials(
                value(text, table, EMAIL),
                password == null ? null : new Secret(password),
                value(text, table, REGION),
                value(text, table, TIMEZONE),
                value(text, table, PUMP_SERIAL));
    }

    /**
     * Writes the file, mode 0600 from its first byte; what was there is replaced as a whole.
     *
     * @param content what it shall hold; null keys are left out
     * @throws ConfigurationException where a text cannot be written as Unicode, or the file system refuses
     */
    public void write(StoredCredentials content) {
        List<String> lines = new ArrayList<>();
        lines.add("[" + TABLE + "]");
        line(lines, EMAIL, content.email());
        line(
                lines,
                PASSWORD,
                content.password() == null ? null : content.password().reveal());
        line(lines, REGION, content.region());
        line(lines, TIMEZONE, content.timezone());
        line(lines, PUMP_SERIAL, content.pumpSerial());
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            PrivateFile.write(path, bytes);
        } catch (IOException failure) {
            throw unusable("cannot be written", failure);
        }
    }

    /**
     * Removes the file.
     *
     * @return false where there was none
     * @throws ConfigurationException where the file system refuses
     */
    public boolean delete() {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw unusable("cannot be removed", failure);
        }
    }

    ConfigurationException invalidValue(String key, String problem, String remedy) {
        String text = text();
        return invalid(at(text == null ? 0 : lineOf(text, key)) + ": key \"" + key + "\" " + problem, remedy);
    }

    private static void line(List<String> lines, String key, String value) {
        if (value == null) {
            return;
        }
        if (!TomlText.isWritable(value)) {
            throw new ConfigurationException(
                    ConfigurationException.SETTING_INVALID,
                    "The value for \"" + key + "\" is not valid Unicode and cannot be stored.",
                    "Type it again.");
        }
        lines.add(key + " = " + TomlText.quoted(value));
    }

    private String text() {
        try {
            byte[] bytes = Files.readAllBytes(path);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException missing) {
            return null;
        } catch (CharacterCodingException notUtf8) {
            throw invalid(" is not UTF-8 text.", "Save it as UTF-8, or write it anew with `tandem login`.");
        } catch (IOException failure) {
            throw unusable("cannot be read", failure);
        }
    }

    private JsonNode parse(String text) {
        try {
            return new TomlMapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNr();
            throw invalid(
                    at(line) + keyOn(text, line) + ": this is not valid TOML.",
                    "Put every value in quotes, \"…\" with \\\" and \\\\ for quote and backslash, or '…' taken as it is; "
                            + "or write the file anew with `tandem login`.");
        }
    }

    private String value(String text, JsonNode table, String key) {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(at(lineOf(text, key)) + ": key \"" + key + "\" must be text.", "Put its value in quotes.");
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    private ConfigurationException unknown(String text, String name, List<String> known, boolean belongsInTable) {
        String remedy = belongsInTable
                ? "It belongs below a line [" + TABLE + "]."
                : SettingText.nearest(name, known)
                        .map(near -> "Did you mean \"" + near + "\"?")
                        .orElse("Known are: " + String.join(", ", known) + ".");
        return invalid(at(lineOf(text, name)) + ": unknown key \"" + SettingText.printable(name) + "\".", remedy);
    }

    private ConfigurationException invalid(String problem, String remedy) {
        return new ConfigurationException(
                ConfigurationException.CREDENTIALS_FILE_INVALID, "Credentials file " + path + problem, remedy);
    }

    private ConfigurationException unusable(String what, IOException failure) {
        return new ConfigurationException(
                ConfigurationException.CREDENTIALS_FILE_UNUSABLE,
                "Credentials file " + path + " " + what + " (" + FileProblem.reason(failure) + ").",
                "Check that the path names a file and that you may use it, or give another with --credentials.",
                failure);
    }

    private static String at(int line) {
        return line > 0 ? ", line " + line : "";
    }

    private static int lineOf(String text, String key) {
        Pattern start =
                Pattern.compile("\\s*\\[*\\s*(?:tandem\\s*\\.\\s*)?[\"']?" + Pattern.quote(key) + "[\"']?\\s*[]=].*");
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (start.matcher(lines[i].stripTrailing()).matches()) {
                return i + 1;
            }
        }
        return 0;
    }

    private static String keyOn(String text, int line) {
        String[] lines = text.split("\n", -1);
        if (line < 1 || line > lines.length) {
            return "";
        }
        Matcher assignment = ASSIGNMENT.matcher(lines[line - 1]);
        return Optional.of(assignment)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .filter(KEYS::contains)
                .map(key -> ", key \"" + key + "\"")
                .orElse("");
    }
}
