package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.format.PrintableText;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Rewrites each line of the log before it is printed, also those of libraries: control characters are escaped, values of
 * headers left out. No line is dropped. {@code application.properties} names this filter.
 */
@LoggingFilter(name = "printable")
public final class PrintableLogFilter implements Filter {
    private final PatternFormatter words = new PatternFormatter("%s");

    /** For the framework. */
    public PrintableLogFilter() {}

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = String.valueOf(line.getLoggerName());
        boolean library = HeaderRedaction.isHttpLibrary(logger);
        if (line instanceof ExtLogRecord formatted) {
            String text = library
                    ? "Error in " + logger + " " + HeaderRedaction.WITHHELD
                    : HeaderRedaction.masked(words.format(formatted));
            formatted.setMessage(PrintableText.line(text), ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        return true;
    }
}
