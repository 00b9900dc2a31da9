package io.github.tandemfetch.cli;

import io.github.tandemfetch.clock.ClockReport;
import io.github.tandemfetch.status.DatabaseStatus;
import io.github.tandemfetch.verify.VerifyReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what a database holds, for people. */
final class StatusPrinter {
    private final Output output;

    StatusPrinter(Output output) {
        this.output = output;
    }

    void print(DatabaseStatus status) {
        TextTable.of(
                        List.of("TABLE", "ROWS", "FIRST (UTC)", "LAST (UTC)"),
                        status.tables().stream()
                                .map(table -> List.of(
                                        table.table(),
                                        String.format(Locale.ROOT, "%,d", table.rows()),
                                        text(table.first()),
                                        text(table.last())))
                                .toList())
                .forEach(output::data);
        output.data("");
        for (DatabaseStatus.PumpStatus pump : status.pumps()) {
            output.data(describe(pump));
            if (pump.gaps() != null && pump.gaps().pattern() != null) {
                output.data("  " + pump.gaps().pattern().describe());
            }
        }
        showTimes(status.times());
        output.data(verdict(status));
    }

    private static String verdict(DatabaseStatus status) {
        if (status.pumps().isEmpty()) {
            return "Nothing has been fetched yet: run 'tandem sync'.";
        }
        if (status.unparsedRawEvents() > 0) {
            return "Incomplete: " + PipelineConsole.count(status.unparsedRawEvents(), "raw event")
                    + " not parsed yet: run 'tandem parse' and 'tandem extract'.";
        }
        if (status.notFetchedSequenceNumbers() > 0) {
            return "Incomplete: " + PipelineConsole.count(status.notFetchedSequenceNumbers(), "sequence number")
                    + " missing for which the service has not answered: run 'tandem fetch --gaps'.";
        }
        long reopened = status.pumps().stream()
                .filter(pump -> pump.gaps() != null)
                .mapToLong(pump -> pump.gaps().reopened().sequenceNumbers())
                .sum();
        if (reopened > 0) {
            return "Incomplete: " + PipelineConsole.count(reopened, "sequence number")
                    + " missing for which the service has not answered since the pump's last upload: run"
                    + " 'tandem fetch --gaps'.";
        }
        if (status.verdict() == VerifyReport.Verdict.INCOMPLETE) {
            return "Incomplete: the last fetch did not finish; run 'tandem sync'.";
        }
        if (status.verdict() == VerifyReport.Verdict.PARTLY_SENT) {
            return "All that the service sends is stored, and it does not send a part of the log" + asOf(status)
                    + "; run 'tandem verify' to check.";
        }
        boolean missing = status.pumps().stream().anyMatch(pump -> pump.missingSequenceNumbers() > 0);
        return (missing ? "Complete, as far as the service has it" : "Complete by its sequence numbers")
                + asOf(status)
                + "; run 'tandem verify' to check.";
    }

    /** A later upload may bring history of any day, so that a verdict holds for one upload. */
    private static String asOf(DatabaseStatus status) {
        return status.pumps().stream()
                .filter(pump -> pump.gaps() != null && pump.gaps().asOf() != null)
                .map(pump -> pump.gaps().asOf())
                .max(Comparator.naturalOrder())
                .map(upload -> ", as of the upload of " + upload.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
    }

    private void showTimes(DatabaseStatus.Times times) {
        if (!times.events().isEmpty()) {
            output.data("UTC times: "
                    + times.events().entrySet().stream()
                            .map(basis -> String.format(Locale.ROOT, "%,d by %s", basis.getValue(), basis.getKey()))
                            .collect(Collectors.joining(", "))
                    + "; 'tandem clock' tells more.");
        }
        for (ClockReport.PumpTimeline pump : times.doubtful()) {
            for (ClockReport.Stretch stretch : pump.stretches()) {
                output.data("  In doubt: pump " + pump.pumpSerial() + ", " + text(stretch.pumpFrom()) + " to "
                        + text(stretch.pumpTo()) + " (pump clock), " + doubt(stretch) + ".");
            }
        }
    }

    private static String doubt(ClockReport.Stretch stretch) {
        if (stretch.offsetSeconds() == null) {
            return "of which nothing tells the UTC time";
        }
        return stretch.otherOffsetSeconds() == null
                ? "placed between its neighbors"
                : "taken for " + OffsetText.of(stretch.offsetSeconds()) + ", could be "
                        + OffsetText.of(stretch.otherOffsetSeconds());
    }

    private static String describe(DatabaseStatus.PumpStatus pump) {
        String name = "Pump " + pump.pumpSerial() + (pump.modelName() == null ? "" : " (" + pump.modelName() + ")");
        String freshness = pump.completedAt() == null
                ? "fetch not finished; run 'tandem sync'"
                : "complete through " + pump.completeThrough() + " (pump clock), fetched "
                        + ago(Duration.between(pump.completedAt(), Instant.now()));
        String missing = pump.missingSequenceNumbers() == 0
                ? "; no sequence number missing"
                : "; " + PipelineConsole.count(pump.missingSequenceNumbers(), "sequence number") + " missing";
        String unlisted = pump.unlistedSince() == null
                ? ""
                : "; not on the account any more since " + pump.unlistedSince().truncatedTo(ChronoUnit.SECONDS);
        return name + ": " + freshness + missing + unlisted + ".";
    }

    private static String ago(Duration time) {
        if (time.toMinutes() < 2) {
            return "just now";
        }
        if (time.toHours() < 2) {
            return time.toMinutes() + " minutes ago";
        }
        return time.toDays() < 2 ? time.toHours() + " hours ago" : time.toDays() + " days ago";
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }
}
