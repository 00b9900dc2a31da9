package io.github.tandemfetch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.tandemfetch.query.format.PrintableText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's words go: data to standard output, everything else to standard error, both in UTF-8 whatever the
 * locale. Lines are for people: whatever a line quotes, its control characters are escaped here, so that callers need not
 * know where a text came from. Documents and streams are for programs and keep their content. Knows the options that
 * every command has.
 */
@Singleton
public class Output {
    private final Terminal terminal;
    private final StandardOutput out;
    private final PrintStream err;

    private OutputOptions options = new OutputOptions();

    // Made with the first document: most commands write none, and it takes a tenth of a second.
    private ObjectMapper json;

    @Inject
    Output(Terminal terminal) {
        this(terminal, new StandardOutput(), System.err);
    }

    Output(Terminal terminal, StandardOutput out, OutputStream err) {
        this.terminal = terminal;
        this.out = out;
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    void use(OutputOptions chosen) {
        options = chosen;
    }

    /**
     * Whether results are to be JSON documents.
     *
     * @return true with {@code --json}
     */
    public boolean isJson() {
        return options.json;
    }

    /**
     * How much a person wants to hear beyond the usual.
     *
     * @return how often {@code -v} was given
     */
    public int verbosity() {
        return options.verbosity();
    }

    /**
     * Whether a line that redraws itself is welcome.
     *
     * @return false without a terminal, and with {@code --quiet} or {@code --json}
     */
    public boolean showsProgress() {
        return !options.quiet && !options.json && terminal.isProgress();
    }

    /**
     * Prints a line of data for a person.
     *
     * @param line the line
     */
    public void data(String line) {
        text(PrintableText.line(line));
    }

    /**
     * Prints text for a program, unchanged: a script, or a path.
     *
     * @param text the text, without its last line end
     */
    public void text(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    /**
     * A writer for data that is too much for lines at a time.
     *
     * @return a writer, to be closed at the end
     */
    public Writer dataWriter() {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /**
     * Standard output for bytes.
     *
     * @return a stream that ends the command where it cannot be written
     */
    public OutputStream dataStream() {
        return out;
    }

    /**
     * Prints a result as a JSON document.
     *
     * @param document what Jackson can write
     */
    public void json(Object document) {
        text(document(document));
    }

    /**
     * Prints a result as a JSON document on one line, for a stream of them.
     *
     * @param document what Jackson can write
     */
    public void jsonLine(Object document) {
        try {
            text(PrintableText.json(mapper().writer()
                    .without(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This result cannot be written as JSON.", e);
        }
    }

    /**
     * Prints a line of a log, whatever the options say.
     *
     * @param line the line
     */
    public void note(String line) {
        err.print(PrintableText.line(line) + "\n");
    }

    /**
     * Whether only what was asked for is to be printed.
     *
     * @return true with {@code --quiet}
     */
    boolean isQuiet() {
        return options.quiet;
    }

    /**
     * Prints a line of a summary, unless the person wants quiet or JSON.
     *
     * @param line the line
     */
    public void summary(String line) {
        if (!options.quiet && !options.json) {
            note(line);
        }
    }

    /**
     * Prints a warning, whatever the options say.
     *
     * @param text one or two sentences
     */
    public void warning(String text) {
        err.print((terminalColors() ? "\u001B[33mwarning:\u001B[0m " : "warning: ")
                + PrintableText.line(String.valueOf(text))
                + "\n");
    }

    /**
     * Redraws the line that tells the progress.
     *
     * @param line the line, not longer than the terminal is wide
     */
    public void progress(String line) {
        err.print("\r\u001B[K" + PrintableText.line(line));
        err.flush();
    }

    /**
     * Says what went wrong and what to do.
     *
     * @param report the failure
     */
    public void error(ErrorReport report) {
        if (options.json) {
            err.print(document(report) + "\n");
            return;
        }
        err.print((terminalColors() ? "\u001B[31mtandem:\u001B[0m " : "tandem: ")
                + PrintableText.line(String.valueOf(report.message()))
                + "\n");
        if (!report.remedy().isEmpty()) {
            err.print("        " + PrintableText.line(report.remedy()) + "\n");
        }
    }

    /**
     * Prints a stack trace, for those who asked for it twice.
     *
     * @param failure the failure
     */
    public void trace(Throwable failure) {
        err.print(FailureTrace.of(failure));
    }

    /**
     * Whether colors are welcome on standard error.
     *
     * @return false where the options, the environment or the stream speak against it
     */
    public boolean terminalColors() {
        return !options.noColor && terminal.isColorful();
    }

    /**
     * A result as the text of a JSON document.
     *
     * @param document what Jackson can write
     * @return the text, without a last line end
     */
    public String document(Object document) {
        try {
            return PrintableText.json(mapper().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This result cannot be written as JSON.", e);
        }
    }

    private synchronized ObjectMapper mapper() {
        if (json == null) {
            json = JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(new Jdk8Module())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
        }
        return json;
    }
}
