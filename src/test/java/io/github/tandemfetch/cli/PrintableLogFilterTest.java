package io.github.tandemfetch.cli;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableLogFilterTest {
    private static String printed(String logger, FormatStyle style, String message, Object... parameters) {
        ExtLogRecord line = new ExtLogRecord(Level.ERROR, message, style, "caller");
        line.setLoggerName(logger);
        line.setParameters(parameters);
        assertThat(new PrintableLogFilter().isLoggable(line)).isTrue();
        return new PatternFormatter("%s%n").format(line);
    }

    @Test
    void a_line_is_escaped_with_its_parameters() {
        assertThat(printed("io.github.tandemfetch.jobs", FormatStyle.PRINTF, "%d %% of %s", 5, "a\u001b[2J\nb"))
                .isEqualTo("5 % of a\\u001b[2J\\nb" + System.lineSeparator());
        assertThat(printed("other", FormatStyle.MESSAGE_FORMAT, "it''s {0}", "\u202e1"))
                .isEqualTo("it's \\u202e1" + System.lineSeparator());
    }

    @Test
    void credentials_are_masked() {
        assertThat(printed("org.example", FormatStyle.PRINTF, "bad: %s", "authorization: Bearer s3cr3t\rX"))
                .isEqualTo("bad: authorization: ***" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty.handler.codec.http.HttpObjectDecoder",
                "io.vertx.core.net.impl.ConnectionBase",
                "org.jboss.resteasy.reactive.client.logging.DefaultClientLogger",
                "jdk.httpclient.HttpClient"
            })
    void the_words_of_an_http_library_are_withheld(String logger) {
        assertThat(printed(logger, FormatStyle.PRINTF, "X-Anything: s3cr3t"))
                .contains(logger, HeaderRedaction.WITHHELD)
                .doesNotContain("s3cr3t");
    }
}
