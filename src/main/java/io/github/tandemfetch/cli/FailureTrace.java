package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.format.PrintableText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/** The stack trace of a failure, with every message on one line and no value of a header in it. */
final class FailureTrace {
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> withheld = new LinkedHashSet<>();

    private FailureTrace() {}

    static String of(Throwable failure) {
        FailureTrace trace = new FailureTrace();
        trace.findWithheld(failure);
        trace.shown.clear();
        trace.append("", "", failure);
        return trace.text.toString();
    }

    // A wrapper's own message often is that of its cause.
    private void findWithheld(Throwable failure) {
        if (failure == null || !shown.add(failure)) {
            return;
        }
        if (isOfHttpLibrary(failure) && failure.getMessage() != null) {
            withheld.add(failure.getMessage());
        }
        findWithheld(failure.getCause());
        for (Throwable suppressed : failure.getSuppressed()) {
            findWithheld(suppressed);
        }
    }

    private void append(String indent, String caption, Throwable failure) {
        text.append(indent).append(caption).append(failure.getClass().getName());
        if (failure.getMessage() != null) {
            text.append(": ").append(message(failure));
        }
        text.append('\n');
        if (!shown.add(failure)) {
            return;
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append(indent).append("\tat ").append(frame).append('\n');
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            append(indent + "\t", "Suppressed: ", suppressed);
        }
        if (failure.getCause() != null) {
            append(indent, "Caused by: ", failure.getCause());
        }
    }

    private String message(Throwable failure) {
        String message = failure.getMessage();
        if (isOfHttpLibrary(failure)
                || withheld.stream().anyMatch(words -> !words.isBlank() && message.contains(words))) {
            return HeaderRedaction.WITHHELD;
        }
        return PrintableText.line(HeaderRedaction.masked(message));
    }

    private static boolean isOfHttpLibrary(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return HeaderRedaction.isHttpLibrary(failure.getClass().getName())
                || frames.length > 0 && HeaderRedaction.isHttpLibrary(frames[0].getClassName());
    }
}
