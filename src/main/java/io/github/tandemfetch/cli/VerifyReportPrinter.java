package io.github.tandemfetch.cli;

import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Check;
import io.github.tandemfetch.verify.VerifyReport.GapLine;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** Prints what {@code tandem verify} found, for people. */
final class VerifyReportPrinter {
    private final Output output;
    private final boolean all;

    /** @param all whether every gap is listed and not only the days */
    VerifyReportPrinter(Output output, boolean all) {
        this.output = output;
        this.all = all;
    }

    VerifyListener progress() {
        return new Progress();
    }

    void print(VerifyReport report) {
        TextTable.of(
                        List.of("CHECK", "OUTCOME", "LOOKED AT", "FINDINGS", "WHAT IS CHECKED"),
                        report.checks().stream()
                                .map(check -> List.of(
                                        check.name(),
                                        outcome(check),
                                        String.format(Locale.ROOT, "%,d", check.looked()),
                                        String.format(Locale.ROOT, "%,d", check.findings()),
                                        check.proves()))
                                .toList())
                .forEach(output::data);
        for (Check check : report.checks()) {
            if (check.findings() > 0) {
                output.data("");
                output.data(check.name() + ": " + PipelineConsole.count(check.findings(), "finding") + ".");
                check.examples().forEach(example -> output.data("  " + example));
                output.data("  " + check.remedy());
            }
        }
        showGaps(report.gaps());
        List<UnreadableKind> single = report.unreadable().stream()
                .filter(kind -> !kind.formatChanged())
                .toList();
        if (!single.isEmpty()) {
            output.data("");
            single.forEach(kind -> output.data("Note: " + kind.describe()));
        }
        output.data("");
        output.data(verdict(report));
    }

    private static String outcome(Check check) {
        return check.outcome() == Verdict.COMPLETE ? "passed" : check.outcome().label();
    }

    private void showGaps(VerifyReport.Gaps gaps) {
        if (gaps.count() == 0 || output.isQuiet()) {
            return;
        }
        output.data("");
        TextTable.of(
                        List.of("PUMP", "DAY (PUMP CLOCK)", "GAPS", "EVENTS MISSING", "KIND"),
                        gaps.days().stream().map(VerifyReportPrinter::row).toList())
                .forEach(output::data);
        if (gaps.days().size() < gaps.dayCount()) {
            output.data(
                    "and " + PipelineConsole.count(gaps.dayCount() - gaps.days().size(), "more day")
                            + "; --all lists every day and gap.");
        }
        if (all) {
            output.data("");
            TextTable.of(
                            List.of(
                                    "PUMP",
                                    "GROUP",
                                    "MISSING NUMBERS",
                                    "COUNT",
                                    "FROM (PUMP CLOCK)",
                                    "TO",
                                    "KIND",
                                    "WHY"),
                            gaps.list().stream().map(VerifyReportPrinter::row).toList())
                    .forEach(output::data);
        }
    }

    private static List<String> row(VerifyReport.GapDay day) {
        return List.of(
                day.pumpSerial(),
                day.day() == null ? "-" : day.day().toString(),
                String.format(Locale.ROOT, "%,d", day.gaps()),
                String.format(Locale.ROOT, "%,d", day.missing()),
                day.kind().label().replace('_', ' '));
    }

    private static List<String> row(GapLine gap) {
        return List.of(
                gap.pumpSerial(),
                String.valueOf(gap.sequenceGroup()),
                gap.firstMissing() + " to " + gap.lastMissing(),
                String.format(Locale.ROOT, "%,d", gap.missing()),
                text(gap.pumpFrom()),
                text(gap.pumpTo()),
                gap.kind().label().replace('_', ' '),
                gap.reason());
    }

    private static String text(LocalDateTime time) {
        return time == null ? "-" : time.toString();
    }

    private static String verdict(VerifyReport report) {
        VerifyReport.Gaps gaps = report.gaps();
        boolean hasEvents =
                report.checks().stream().anyMatch(check -> check.name().equals("raw_events") && check.looked() > 0);
        if (!hasEvents && report.verdict() == Verdict.COMPLETE) {
            return "Verified: the loaded tables are sound. There is no pump data to verify.";
        }
        String explained = gaps.count() == 0
                ? "no missing sequence numbers"
                : String.format(
                        Locale.ROOT,
                        "%s missing: %,d not fetched, %,d never uploaded, %,d lost on the pump, %,d not sent by the service",
                        PipelineConsole.count(gaps.missingSequenceNumbers(), "sequence number"),
                        gaps.of(GapKind.NOT_FETCHED).sequenceNumbers(),
                        gaps.of(GapKind.NEVER_UPLOADED).sequenceNumbers(),
                        gaps.of(GapKind.LOST_ON_PUMP).sequenceNumbers(),
                        gaps.of(GapKind.NOT_SENT).sequenceNumbers());
        return switch (report.verdict()) {
            case COMPLETE -> "Verified: no damage, no duplicates; " + explained + ".";
            case PARTLY_SENT ->
                "Verified: no damage, and everything that the service sends is stored; it does not send part of the"
                        + " log; " + explained + ".";
            case INCOMPLETE -> "Incomplete, but not damaged: see above; " + explained + ".";
            case DAMAGED -> "DAMAGED: see above for what is wrong and what to do; " + explained + ".";
        };
    }

    /** The progress line. */
    private final class Progress implements VerifyListener {
        private final ProgressLine line = new ProgressLine(output);
        private String current = "";

        @Override
        public void checking(String check, long done, long total) {
            if (!check.equals(current)) {
                current = check;
                line.clear();
                line.start("Verifying " + check);
            }
            line.update(done, total, "events");
            if (total > 0 && done >= total) {
                line.clear();
            }
        }
    }
}
