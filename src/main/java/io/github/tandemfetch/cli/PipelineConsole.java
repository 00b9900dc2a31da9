package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.domain.ExtractedTable;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.pipeline.ExtractReport;
import io.github.tandemfetch.pipeline.FetchReport;
import io.github.tandemfetch.pipeline.FetchWindow;
import io.github.tandemfetch.pipeline.GapFetch;
import io.github.tandemfetch.pipeline.GapFetchReport;
import io.github.tandemfetch.pipeline.ParseReport;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pipeline.PumpFetch;
import io.github.tandemfetch.source.SourceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how the pipeline gets on, and what came of it. */
final class PipelineConsole implements PipelineListener, SourceListener {
    private static final String EVENTS = "events";

    private final Output output;
    private final ProgressLine line;
    private int windows;
    private int windowsDone;
    private long received;
    private String extracting = "";

    PipelineConsole(Output output) {
        this.output = output;
        this.line = new ProgressLine(output);
    }

    @Override
    public void loggingIn(Region region) {
        if (output.verbosity() > 0) {
            say("Logging in (" + region + ").");
        }
    }

    @Override
    public void retrying(int attempt, int attempts, Duration wait, String reason) {
        line.clear();
        output.summary(String.format(
                Locale.ROOT,
                "%s; trying again in %.1f s (attempt %d of %d).",
                reason,
                wait.toMillis() / 1000.0,
                attempt,
                attempts));
    }

    @Override
    public void warning(String message) {
        line.clear();
        output.warning(message);
    }

    @Override
    public void notice(String text) {
        warning(text);
    }

    @Override
    public void remark(String text) {
        line.clear();
        output.summary("Note: " + text);
    }

    @Override
    public void fetchStarted(String pumpSerial, int windowCount) {
        windows = windowCount;
        windowsDone = 0;
        received = 0;
        line.start("Fetching " + pumpSerial);
        line.update(0, windows, "windows", 0, EVENTS);
    }

    @Override
    public void windowStored(String pumpSerial, FetchWindow window, Merge merge) {
        windowsDone++;
        received += merge.received();
        line.update(Math.min(windowsDone, windows), windows, "windows", received, EVENTS);
        if (output.verbosity() > 0) {
            say(String.format(
                    Locale.ROOT,
                    "Pump %s, %s to %s: %,d events, %,d new.",
                    pumpSerial,
                    window.first(),
                    window.last(),
                    merge.received(),
                    merge.inserted()));
        }
    }

    @Override
    public void fetchEnded(PumpFetch fetch) {
        line.clear();
        output.summary(describe(fetch));
        if (fetch.conflicting() > 0) {
            output.warning(conflicts(fetch));
        }
        if (fetch.replaced() > 0) {
            output.summary("  " + replaced(fetch));
        }
        if (fetch.rejected() > 0) {
            output.warning(rejected(fetch.pumpSerial(), fetch.rejected()));
        }
        if (fetch.emptyWindows() > 0) {
            output.summary("  No events from the service for " + count(fetch.emptyWindows(), "window") + ".");
        }
        if (fetch.missingSequenceNumbers() > 0 && fetch.windows() > 0) {
            output.summary("  "
                    + count(fetch.missingSequenceNumbers(), "sequence number")
                    + " missing from the pump's log; see 'tandem verify'.");
        }
        if (fetch.state() == PumpFetch.State.INCOMPLETE) {
            output.warning("Pump " + fetch.pumpSerial() + ": incomplete; the next sync fetches the rest.");
        }
    }

    @Override
    public void gapsSearched(GapFetch fetch) {
        line.clear();
        output.summary(
                fetch.gaps() == 0
                        ? "Pump " + fetch.pumpSerial() + ": no missing sequence numbers."
                        : String.format(
                                Locale.ROOT,
                                "Pump %s: refetched %s in %s; %s received, %,d still missing.",
                                fetch.pumpSerial(),
                                count(fetch.missingBefore(), "missing sequence number"),
                                count(fetch.windows(), "window"),
                                count(fetch.inserted(), "new event"),
                                fetch.missingSequenceNumbers()));
        if (fetch.rejected() > 0) {
            output.warning(rejected(fetch.pumpSerial(), fetch.rejected()));
        }
        if (fetch.unansweredGaps() > 0) {
            output.warning(
                    "Pump " + fetch.pumpSerial() + ": for " + count(fetch.unansweredGaps(), "gap")
                            + " the service did not send the surrounding events either. Run 'tandem fetch --gaps' again later.");
        }
    }

    @Override
    public void parsed(long done, long total) {
        if (windows >= 0) {
            windows = -1;
            line.start("Parsing");
        }
        line.update(done, total, EVENTS);
    }

    @Override
    public void extracted(String table, long done, long total) {
        if (!extracting.equals(table)) {
            extracting = table;
            line.start("Extracting " + table);
        }
        line.update(done, total, EVENTS);
    }

    void show(FetchReport report) {
        if (report.pumps().isEmpty()) {
            output.warning("No pumps on this account.");
        }
    }

    void show(GapFetchReport report) {
        line.clear();
        if (report.pumps().isEmpty()) {
            output.summary("Nothing has been fetched yet.");
        }
        if (report.inserted() > 0) {
            output.summary("Run 'tandem sync', or 'tandem parse' and 'tandem extract', to parse the new raw events.");
        }
    }

    void show(ParseReport report) {
        line.clear();
        String unknown = report.unknownCodes() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d of them with unknown codes", report.unknownCodes());
        output.summary("Parsed " + count(report.parsed(), "event") + unknown + ".");
        if (report.withoutTime() > 0) {
            output.warning(count(report.withoutTime(), "event") + " without a readable time.");
        }
    }

    void show(ExtractReport report) {
        line.clear();
        for (ExtractedTable table : report.tables()) {
            List<String> skipped = new ArrayList<>();
            addCount(skipped, table.hidden(), "%,d not displayed");
            addCount(skipped, table.repeated(), "%,d duplicates");
            addCount(skipped, table.conflicts(), "%,d conflicts (see 'tandem verify')");
            List<String> remarks = new ArrayList<>();
            if (!skipped.isEmpty()) {
                remarks.add("skipped: " + String.join(", ", skipped));
            }
            long unreadable = table.unreadable().stream()
                    .mapToLong(UnreadableKind::events)
                    .sum();
            addCount(remarks, unreadable, "%,d unreadable");
            String remark = remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")";
            output.summary("Extracted " + count(table.extracted(), "row") + " into " + table.table() + remark + ".");
        }
    }

    private static void addCount(List<String> texts, long count, String text) {
        if (count > 0) {
            texts.add(String.format(Locale.ROOT, text, count));
        }
    }

    static String replaced(PumpFetch fetch) {
        return count(fetch.replaced(), "event") + " replaced by more complete versions.";
    }

    static String rejected(String pumpSerial, long rejected) {
        return "Pump " + pumpSerial + ": " + count(rejected, "event")
                + " rejected and kept in rejected_events; see 'tandem verify'.";
    }

    static String conflicts(PumpFetch fetch) {
        return String.format(
                Locale.ROOT,
                "Pump %s: %,d events received again with different content; the stored ones were kept.%s",
                fetch.pumpSerial(),
                fetch.conflicting(),
                fetch.contradicting() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " %,d of them are other events under the same numbers: they are kept in"
                                        + " conflicting_events, and 'tandem verify' tells them.",
                                fetch.contradicting()));
    }

    /** Takes the line away that tells the progress. */
    void clear() {
        line.clear();
    }

    private void say(String text) {
        line.clear();
        output.summary(text);
    }

    private static String describe(PumpFetch fetch) {
        String pump = "Pump " + fetch.pumpSerial() + (fetch.modelName() == null ? "" : " (" + fetch.modelName() + ")");
        return switch (fetch.state()) {
            case UP_TO_DATE -> pump + ": nothing new.";
            case NEVER_UPLOADED -> pump + ": never uploaded.";
            case NOT_FETCHED -> pump + ": cannot be fetched.";
            case COMPLETE, INCOMPLETE ->
                String.format(
                        Locale.ROOT,
                        "%s: %s, %,d events received, %,d of them new.",
                        pump,
                        count(fetch.windows(), "window"),
                        fetch.received(),
                        fetch.inserted());
        };
    }

    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
