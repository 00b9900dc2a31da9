package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.pump.EventCatalog;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A pattern of small gaps on nearly every day: events that the service does not send.
 *
 * @param share which part of the log is missing on these days, 0 to 1
 * @param firstDay the first day, pump clock
 * @param lastDay the last day, pump clock
 * @param gaps how many gaps
 * @param sequenceNumbers how many numbers are missing in them
 * @param codesBefore the most frequent codes of the events before the gaps
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record PatternReport(
        String pumpSerial,
        double share,
        LocalDate firstDay,
        LocalDate lastDay,
        long gaps,
        long sequenceNumbers,
        List<Code> codesBefore) {

    public PatternReport {
        codesBefore = List.copyOf(codesBefore);
    }

    /**
     * A code of events that stand before gaps.
     *
     * @param code the code
     * @param name its name
     * @param gaps how many gaps follow such an event
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Code(int code, String name, long gaps) {}

    public static PatternReport of(String pumpSerial, GapSurvey.Pattern pattern) {
        EventCatalog catalog = EventCatalog.load();
        return new PatternReport(
                pumpSerial,
                pattern.share(),
                pattern.firstDay(),
                pattern.lastDay(),
                pattern.missing().gaps(),
                pattern.missing().sequenceNumbers(),
                pattern.codesBefore().stream()
                        .map(code -> new Code(code.code(), catalog.nameOf(code.code()), code.gaps()))
                        .toList());
    }

    /**
     * The pattern in a sentence or two.
     *
     * @return what is missing, and the evidence
     */
    public String describe() {
        String codes = codesBefore.stream()
                .map(code -> String.format(
                        Locale.ROOT, "%d (%s) in %.0f %%", code.code(), code.name(), 100.0 * code.gaps() / gaps))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Pump %s: the service does not send %s %% of the log: from %s to %s, %,d events are missing in %,d small"
                        + " gaps on nearly every day, as of event codes that are never sent. Events before the gaps: %s.",
                pumpSerial,
                percent(),
                firstDay,
                lastDay,
                sequenceNumbers,
                gaps,
                codes);
    }

    private String percent() {
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent < 10 ? "%.1f" : "%.0f", percent);
    }
}
