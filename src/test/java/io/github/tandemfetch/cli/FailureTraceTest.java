package io.github.tandemfetch.cli;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class FailureTraceTest {
    private static Throwable quoting(String words) {
        return catchThrowable(() -> java.net.http.HttpRequest.newBuilder().header("Authorization", words));
    }

    @Test
    void the_words_of_an_http_library_are_withheld_wherever_they_are_repeated() {
        Throwable quoting = quoting("Bearer s3cr3t\r");
        assertThat(quoting).hasMessageContaining("s3cr3t");

        String trace = FailureTrace.of(new IllegalStateException("the call failed", new ExecutionException(quoting)));

        assertThat(trace)
                .contains("IllegalStateException: the call failed", "Caused by: ", "\tat ", HeaderRedaction.WITHHELD)
                .doesNotContain("s3cr3t", "\r");
    }

    @Test
    void credentials_in_other_messages_are_masked_and_control_characters_escaped() {
        Throwable failure = new IOException("\u001b[2Jsent Authorization: Bearer s3cr3t\rs3cr3t\nmore");
        failure.addSuppressed(new IOException("a 'Basic czNjcjN0' and eyJhbGciOiJSUzI1NiJ9.e30.c2ln of\u202e mine"));

        assertThat(FailureTrace.of(failure))
                .contains(
                        "java.io.IOException: \\u001b[2Jsent Authorization: ***",
                        "Suppressed: java.io.IOException: a 'Basic ***' and *** of\\u202e mine")
                .doesNotContain("s3cr3t", "czNj", "eyJ", "\u001b", "\u202e", "\r");
    }

    @Test
    void a_failure_that_causes_itself_ends() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(FailureTrace.of(one).lines().filter(line -> line.contains("java.lang.Exception: ")))
                .hasSize(3);
    }
}
