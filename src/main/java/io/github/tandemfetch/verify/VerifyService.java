package io.github.tandemfetch.verify;

import io.github.tandemfetch.clock.ClockLog;
import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.clock.ClockTimelineTable;
import io.github.tandemfetch.clock.ClockTimelineTable.Progress;
import io.github.tandemfetch.clock.ClockZoneTable;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.DomainTable.ConflictCheck;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.domain.RetimedDomainRows;
import io.github.tandemfetch.domain.TableComparison;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.ConflictingEventTable;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RejectedEventTable;
import io.github.tandemfetch.history.SequenceGaps;
import io.github.tandemfetch.pipeline.PatternReport;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyReport.Amount;
import io.github.tandemfetch.verify.VerifyReport.Check;
import io.github.tandemfetch.verify.VerifyReport.GapLine;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Proves a database, or says what is wrong with it. Changes nothing. */
@Singleton
public class VerifyService {
    /** How many days and gaps of each pump are listed unless all are wanted. */
    private static final int LISTED = 10;

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final String REBUILD =
            "Run 'tandem parse --rebuild', which makes events and domain tables anew from the raw events.";
    private static final String RESTORE =
            "Restore a backup with 'tandem restore FILE', or move the file away and run 'tandem sync', which fetches"
                    + " all that the service still has.";

    private final DatabaseOpener databases;
    private final Clock clock;
    private final List<DomainTable> tables;

    /**
     * Creates the service.
     *
     * @param clock tells when the proof was made
     */
    @Inject
    public VerifyService(DatabaseOpener databases, Clock clock) {
        this(databases, clock, DomainTables.ALL);
    }

    /**
     * Creates the service for other domain tables.
     *
     * @param clock tells when the proof was made
     * @param tables the domain tables
     */
    public VerifyService(DatabaseOpener databases, Clock clock, List<DomainTable> tables) {
        this.databases = databases;
        this.clock = clock;
        this.tables = tables;
    }

    /**
     * Proves a database, and lists the largest gaps.
     *
     * @param limit how many examples of each finding to give
     * @param listener hears how the proof gets on
     * @return what it came to
     * @throws DatabaseException where there is no database, it cannot be opened, or it is of another version
     * @throws TandemException where it has no rows
     */
    public VerifyReport verify(Path file, int limit, VerifyListener listener) {
        return verify(file, limit, false, listener);
    }

    /**
     * Proves a database.
     *
     * @param limit how many examples of each finding to give
     * @param allGaps whether to list every gap and not only the largest
     * @param listener hears how the proof gets on
     * @return what it came to
     * @throws DatabaseException where there is no database, it cannot be opened, or it is of another version
     * @throws TandemException where it has no rows
     */
    public VerifyReport verify(Path file, int limit, boolean allGaps, VerifyListener listener) {
        Instant began = clock.instant();
        long started = System.nanoTime();
        try (Database database = databases.openForReading(file)) {
            if (new SchemaComparison(database, databases, tables).isOutdated()) {
                throw new DatabaseException(
                        "DATABASE_TOO_OLD",
                        "The database " + file + " has the schema of an older tandem.",
                        "Run 'tandem parse', which brings it up to date after making a backup beside it.",
                        null);
            }
            if (new DatabaseContent(database).isEmpty()) {
                throw new TandemException(
                        "NOTHING_TO_VERIFY",
                        "There is nothing to verify: the database " + file + " has no events yet.",
                        "Run 'tandem sync' to fetch your data, or name another file with --db.",
                        ExitStatus.TABLE_NOT_FOUND);
            }
            Proof proof = new Proof(database, limit, allGaps, listener);
            proof.run();
            return new VerifyReport(
                    file.toString(),
                    proof.verdict(),
                    began,
                    (System.nanoTime() - started) / 1e9,
                    proof.checks,
                    proof.gaps,
                    proof.unreadable);
        }
    }

    /** One run over one database. */
    private final class Proof {
        private final Database database;
        private final int limit;
        private final boolean allGaps;
        private final VerifyListener listener;
        private final List<Check> checks = new ArrayList<>();
        private VerifyReport.Gaps gaps = VerifyReport.Gaps.NONE;
        private List<UnreadableKind> unreadable = List.of();

        Proof(Database database, int limit, boolean allGaps, VerifyListener listener) {
            this.allGaps = allGaps;
            this.database = database;
            this.limit = limit;
            this.listener = listener;
        }

        Verdict verdict() {
            return checks.stream().map(Check::outcome).max(Enum::compareTo).orElse(Verdict.COMPLETE);
        }

        void run() {
            Findings schema = found("schema", () -> new SchemaComparison(database, databases, tables).check(limit));
            add(
                    "schema",
                    "The tables have the columns and constraints that tandem made.",
                    Verdict.DAMAGED,
                    schema,
                    RESTORE);
            check("readable", "Every stored value can be read.", RESTORE, () -> new ReadableTables(database)
                    .check(limit));
            check(
                    "duplicates",
                    "No raw event, event or row of a domain table is there twice.",
                    RESTORE,
                    () -> new UniqueKeys(database, tables).check(limit));
            check("orphans", "Every row's origin is there.", REBUILD, () -> new Orphans(database, tables).check(limit));
            ZoneId zone = new ClockZoneTable(database).current().orElse(ZoneOffset.UTC);
            ClockStage clockStage = new ClockStage(database, zone, new RetimedDomainRows(database, tables));
            check(
                    "clock_timeline",
                    "The pumps' clocks are read as the raw events show.",
                    REBUILD,
                    () -> timelines(clockStage, zone));
            PumpClocks clocks = clockStage.stored();
            events(clocks);
            domainRows(clocks);
            add(
                    "newest_event",
                    "Every log reaches as far as the service said that it does.",
                    Verdict.INCOMPLETE,
                    found("newest_event", this::ends),
                    "Run 'tandem fetch --gaps', then 'tandem sync'.");
            add(
                    "contradictions",
                    "Every sequence number stands for one event.",
                    Verdict.INCOMPLETE,
                    found("contradictions", () -> new ConflictingEventTable(database).check(limit)),
                    "What came first is in raw_events, the other in conflicting_events; the derived tables have the"
                            + " first.");
            add(
                    "rejected_events",
                    "Everything that the service sent could be stored.",
                    Verdict.INCOMPLETE,
                    found("rejected_events", () -> new RejectedEventTable(database).check(limit)),
                    "It is kept as it came in rejected_events. Please report it, without your data, as an issue of"
                            + " tandem.");
            check(
                    "loaded_tables",
                    "Every loaded table has its line in _metadata with its number of rows, and every line its table.",
                    "Drop the table with 'tandem drop NAME' and load it again.",
                    () -> new LoadedTableCheck(database).check(limit));
            gaps();
        }

        private void check(String name, String proves, String remedy, Supplier<Findings> work) {
            add(name, proves, Verdict.DAMAGED, found(name, work), remedy);
        }

        /** A check that the engine cannot end has found something too. */
        private Findings found(String name, Supplier<Findings> work) {
            listener.checking(name, 0, 0);
            try {
                return work.get();
            } catch (DatabaseException e) {
                return failed(e);
            }
        }

        private Findings failed(DatabaseException e) {
            if (!DatabaseException.FAILED.equals(e.code()) && !DatabaseException.DAMAGED.equals(e.code())) {
                throw e;
            }
            return new Findings(0, 1, List.of(e.getMessage()));
        }

        private void add(String name, String proves, Verdict ifFound, Findings findings, String remedy) {
            boolean well = findings.count() == 0;
            checks.add(new Check(
                    name,
                    proves,
                    well ? Verdict.COMPLETE : ifFound,
                    findings.looked(),
                    findings.count(),
                    findings.examples(),
                    well ? null : remedy));
        }

        /** A timeline is behind its raw events until they are parsed; that is told elsewhere. */
        private Findings timelines(ClockStage clockStage, ZoneId zone) {
            ClockTimelineTable table = new ClockTimelineTable(database);
            ClockLog log = new ClockLog(database);
            Findings.Collector findings = new Findings.Collector(limit);
            for (ClockLog.Extent extent : log.extents()) {
                Optional<Progress> progress = table.progressOf(extent.pumpSerial());
                if (progress.isPresent() && progress.get().equals(new Progress(extent.lastId(), zone.getId()))) {
                    findings.looked(1);
                    if (!table.holds(extent.pumpSerial(), clockStage.shown(log, extent.pumpSerial()))) {
                        findings.found("the timeline of pump " + extent.pumpSerial() + " is not what its log shows");
                    }
                }
            }
            return findings.findings();
        }

        /** Whether the service's newest event is one that it hands out is not known; a day is allowed for, as in a fetch. */
        private Findings ends() {
            Findings.Collector findings = new Findings.Collector(limit);
            RawEventTable rawEvents = new RawEventTable(database);
            for (AssignmentProgress pump : new FetchProgressTable(database).all()) {
                LocalDateTime promised = pump.progress().completeThrough();
                findings.looked(1);
                if (promised != null && !rawEvents.reaches(pump.pumpSerial(), pump.deviceAssignmentId(), promised)) {
                    String stored = rawEvents
                            .newestPumpTimestamp(pump.pumpSerial(), pump.deviceAssignmentId())
                            .map(newest -> "stored to " + newest)
                            .orElse("nothing stored");
                    findings.found("pump " + pump.pumpSerial() + ": " + stored + ", and the service has events to "
                            + promised + " (pump clock)");
                } else if (pump.unlistedSince() == null
                        && (promised == null || pump.progress().incompleteRuns() > 0)) {
                    findings.found("pump " + pump.pumpSerial()
                            + ": the last fetch has not come to its end; 'tandem sync'" + " goes on");
                }
            }
            return findings.findings();
        }

        private void events(PumpClocks clocks) {
            long rawEvents = new SequenceGaps(database).rawEvents();
            EventVerification.Outcome outcome;
            try {
                outcome = new EventVerification(database, clocks, limit)
                        .verify(done -> listener.checking("events", done, rawEvents));
            } catch (DatabaseException e) {
                Findings failed = failed(e);
                outcome = new EventVerification.Outcome(failed, Findings.NONE, failed);
            }
            add(
                    "raw_events",
                    "Every raw event's columns are what its JSON says.",
                    Verdict.DAMAGED,
                    outcome.raw(),
                    RESTORE);
            add(
                    "unparsed",
                    "Every raw event has an event.",
                    Verdict.INCOMPLETE,
                    outcome.unparsed(),
                    "Run 'tandem parse' and 'tandem extract'.");
            add(
                    "events",
                    "Every event is what its raw event parses to, its time included.",
                    Verdict.DAMAGED,
                    outcome.events(),
                    REBUILD);
        }

        private void domainRows(PumpClocks clocks) {
            long events = new SequenceGaps(database).rawEvents();
            Findings missing = Findings.NONE;
            Map<ConflictCheck, Findings> conflicts = new LinkedHashMap<>();
            List<UnreadableKind> unreadableKinds = new ArrayList<>();
            long looked = 0;
            for (DomainTable table : tables) {
                TableComparison comparison = compared(table, clocks, events);
                add(
                        table.name(),
                        "Every " + table.rowName() + " is what its event says.",
                        Verdict.DAMAGED,
                        comparison.wrong(),
                        REBUILD);
                looked += comparison.wrong().looked();
                missing = missing.and(comparison.missing(), limit);
                table.conflictCheck().ifPresent(check -> conflicts.put(check, comparison.conflicts()));
                comparison.unreadable().stream()
                        .filter(kind -> !unreadableKinds.contains(kind))
                        .forEach(unreadableKinds::add);
            }
            add(
                    "unextracted",
                    "Every event that gives a domain row has it.",
                    Verdict.INCOMPLETE,
                    missing,
                    "Run 'tandem extract'.");
            conflicts.forEach(
                    (check, found) -> add(check.name(), check.proves(), Verdict.COMPLETE, found, check.remedy()));
            unreadable = unreadableKinds.stream()
                    .sorted(Comparator.comparing(UnreadableKind::pumpSerial).thenComparing(UnreadableKind::eventCode))
                    .toList();
            add(
                    "event_format",
                    "The service sends the values of domain tables as tandem knows them.",
                    Verdict.INCOMPLETE,
                    formatChanges(looked),
                    "The raw events are kept as they are. Update tandem, then run 'tandem parse --rebuild'.");
        }

        private TableComparison compared(DomainTable table, PumpClocks clocks, long events) {
            try {
                return table.rows(database)
                        .compare(clocks, limit, done -> listener.checking(table.name(), done, events));
            } catch (DatabaseException e) {
                return new TableComparison(failed(e), Findings.NONE, Findings.NONE, List.of());
            }
        }

        private Findings formatChanges(long looked) {
            Findings.Collector findings = new Findings.Collector(limit);
            findings.looked(looked);
            unreadable.stream()
                    .filter(UnreadableKind::formatChanged)
                    .forEach(kind -> findings.found(kind.events(), kind.describe()));
            return findings.findings();
        }

        private void gaps() {
            Findings.Collector notFetched = new Findings.Collector(limit);
            Findings.Collector reopened = new Findings.Collector(limit);
            Findings.Collector notSent = new Findings.Collector(limit);
            Findings failure = found("sequence_gaps", () -> {
                SequenceGaps sequenceGaps = new SequenceGaps(database);
                long looked = sequenceGaps.rawEvents();
                List.of(notFetched, reopened, notSent).forEach(findings -> findings.looked(looked));
                for (String pump : sequenceGaps.pumps()) {
                    GapSurvey survey = GapSurvey.of(database, pump);
                    PumpGaps pumpGaps = new PumpGaps(pump, survey);
                    pumpGaps.describeDays(GapKind.NOT_FETCHED, NO_LIMIT).forEach(notFetched::found);
                    if (survey.reopened().gaps() > 0) {
                        reopened.found(survey.reopened().gaps(), reopened(pump, survey));
                    }
                    survey.pattern()
                            .map(pattern -> PatternReport.of(pump, pattern))
                            .ifPresent(pattern -> notSent.found(pattern.gaps(), pattern.describe()));
                    addGaps(pump, survey, pumpGaps);
                }
                return Findings.NONE;
            });
            boolean failed = failure.count() > 0;
            add(
                    "sequence_gaps",
                    "The service has answered whole for the days around every missing sequence number.",
                    failed ? Verdict.DAMAGED : Verdict.INCOMPLETE,
                    failed ? failure : notFetched.findings(),
                    failed ? RESTORE : "Run 'tandem fetch --gaps', then 'tandem sync'.");
            add(
                    "reopened_gaps",
                    "It has answered since the pump's last upload.",
                    Verdict.INCOMPLETE,
                    reopened.findings(),
                    "Run 'tandem fetch --gaps', then 'tandem sync'. A sync asks again by itself, at growing intervals.");
            add(
                    "unsent_events",
                    "The service sends all events of a log.",
                    Verdict.PARTLY_SENT,
                    notSent.findings(),
                    "All that the service sends is stored. Nothing can be done about the rest here.");
        }

        private static String reopened(String pump, GapSurvey survey) {
            return "pump " + pump + ": " + survey.reopened().sequenceNumbers() + " events missing in "
                    + survey.reopened().gaps() + " gaps, for which the service last answered as of "
                    + survey.answeredAsOf()
                            .map(upload -> "the upload of " + upload)
                            .orElse("an earlier upload");
        }

        private void addGaps(String pump, GapSurvey survey, PumpGaps pumpGaps) {
            int most = allGaps ? VerifyReport.Gaps.MOST_LISTED : LISTED;
            Map<GapKind, Amount> kinds = new EnumMap<>(gaps.kinds());
            survey.amounts().forEach((kind, amount) -> kinds.merge(kind, Amount.of(amount), Amount::plus));
            List<PatternReport> patterns = new ArrayList<>(gaps.patterns());
            survey.pattern().map(pattern -> PatternReport.of(pump, pattern)).ifPresent(patterns::add);
            List<VerifyReport.GapDay> days = new ArrayList<>(gaps.days());
            days.addAll(pumpGaps.days(most));
            List<GapLine> lines = new ArrayList<>(gaps.list());
            lines.addAll(allGaps ? pumpGaps.inOrder(most) : pumpGaps.largest(most));
            gaps = new VerifyReport.Gaps(
                    kinds,
                    gaps.reopened().plus(Amount.of(survey.reopened())),
                    patterns,
                    days,
                    gaps.dayCount() + survey.dayCount(),
                    lines);
        }
    }
}
