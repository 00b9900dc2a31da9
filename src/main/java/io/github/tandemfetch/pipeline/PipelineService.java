package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.clock.ClockZoneTable;
import io.github.tandemfetch.config.SettingOrigin;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.DerivedTables;
import io.github.tandemfetch.domain.DomainSchema;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.domain.RetimedDomainRows;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.AccountTable;
import io.github.tandemfetch.history.RejectedEventTable;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.Pumper;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.source.TandemSourceConnector;
import io.github.tandemfetch.source.UnusablePump;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.EngineWarmUp;
import io.github.tandemfetch.store.HeapMemory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the stages, one alone or all in order, on the database that the settings name. */
@Singleton
public class PipelineService {
    private final DatabaseOpener databases;
    private final TandemSourceConnector source;
    private final Clock clock;
    private final List<DomainTable> tables;

    /**
     * Creates the service.
     *
     * @param source connects to the service
     * @param clock tells when rows are written
     */
    @Inject
    public PipelineService(DatabaseOpener databases, TandemSourceConnector source, Clock clock) {
        this(databases, source, clock, DomainTables.ALL);
    }

    /**
     * Creates the service for other domain tables.
     *
     * @param source connects to the service
     * @param clock tells when rows are written
     * @param tables the domain tables
     */
    public PipelineService(
            DatabaseOpener databases, TandemSourceConnector source, Clock clock, List<DomainTable> tables) {
        this.databases = databases;
        this.source = source;
        this.clock = clock;
        this.tables = tables;
    }

    /**
     * Runs all three stages.
     *
     * @param settings the account, the database, the time zone
     * @param sourceListener hears how the calls to the service get on
     * @param listener hears how the stages get on
     * @return what came of each stage
     * @throws io.github.tandemfetch.failure.TandemException where a stage fails; what is stored so far is whole, and
     *     the next run goes on from there. A failure that concerns one pump is thrown when the others are done.
     */
    public SyncReport sync(Settings settings, SourceListener sourceListener, PipelineListener listener) {
        try (TandemSourceClient client = connect(settings, sourceListener)) {
            PumpList pumps = pumpsWhilePreparing(client, settings);
            try (Database database =
                    opened(databases.openForWriting(settings.database().value()))) {
                PumpFailures failures = new PumpFailures(listener);
                SyncReport report = stages(database, client, pumps.pumps(), pumps, settings, failures, listener);
                failures.throwFirst();
                return report;
            }
        }
    }

    /**
     * Runs of all three stages again and again, for a process that stays.
     *
     * @param settings the account, the database, the time zone
     * @param turn when the database may be written to
     * @return to be used by one thread at a time
     */
    public RepeatedSync repeated(Settings settings, WritingTurn turn) {
        return new RepeatedSync(this, databases, settings, turn, clock);
    }

    SyncReport stages(
            Database database,
            TandemSourceClient client,
            List<Pump> pumps,
            PumpList listed,
            Settings settings,
            PumpFailures failures,
            PipelineListener listener) {
        requireAccount(database, client);
        ClockStage clockStage = clockStage(database, settings, listener);
        noteListed(database, listed, settings, listener);
        FetchReport fetch = new FetchStage(database, client, clockStage.stored(), clock, listener)
                .fetch(pumps, listed.pumps(), failures)
                .with(listed.notFetched());
        giveBackHeapAfter(fetch.pumps().stream().mapToLong(PumpFetch::received).sum());
        ParseReport parse = parseStage(database, clockStage, listener).parse();
        giveBackHeapAfter(parse.parsed());
        ExtractReport extract = extractStage(database, clockStage, listener).extract(tables, false);
        return new SyncReport(fetch, parse, extract);
    }

    /** Everything that is stored is of one person; whose, the first run settles. */
    private void requireAccount(Database database, TandemSourceClient client) {
        AccountTable account = new AccountTable(database);
        String pumperId = client.session().pumperId();
        String owner = account.pumperId().orElse(null);
        if (owner == null) {
            account.record(pumperId, clock.instant());
        } else if (!owner.equals(pumperId)) {
            throw new TandemException(
                    "OTHER_ACCOUNT",
                    "The database " + database.file() + " holds the data of another account. Nothing was stored.",
                    "Name another file with --db for this account, or log in with the account of this database.",
                    ExitStatus.INVALID_USAGE);
        }
    }

    /** A stage that had nothing to do leaves nothing to give back. */
    private static void giveBackHeapAfter(long records) {
        if (records > 0) {
            HeapMemory.collectGarbage();
        }
    }

    /** Who asks for one pump does not look at the others. */
    private void noteListed(Database database, PumpList listed, Settings settings, PipelineListener listener) {
        if (!settings.pumpSerial().isSet()) {
            new ListedPumps(database, clock, listener).note(listed);
        }
    }

    FetchStage fetchStage(Database database, TandemSourceClient client, Settings settings, PipelineListener listener) {
        requireAccount(database, client);
        ClockStage clockStage = clockStage(database, settings, listener);
        return new FetchStage(database, client, clockStage.stored(), clock, listener);
    }

    /**
     * Runs the first stage.
     *
     * @param settings the account, the database, the time zone
     * @param sourceListener hears how the calls to the service get on
     * @param listener hears how the stage gets on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.TandemException where it fails; what is stored so far is whole
     */
    public FetchReport fetch(Settings settings, SourceListener sourceListener, PipelineListener listener) {
        try (TandemSourceClient client = connect(settings, sourceListener)) {
            PumpList pumps = pumpsWhilePreparing(client, settings);
            try (Database database =
                    opened(databases.openForWriting(settings.database().value()))) {
                PumpFailures failures = new PumpFailures(listener);
                FetchStage stage = fetchStage(database, client, settings, listener);
                noteListed(database, pumps, settings, listener);
                FetchReport report =
                        stage.fetch(pumps.pumps(), pumps.pumps(), failures).with(pumps.notFetched());
                failures.throwFirst();
                return report;
            }
        }
    }

    /**
     * Asks the service again for every sequence number that is missing within the stored logs, and remembers which it
     * does not have.
     *
     * @param settings the account, the database, the time zone
     * @param sourceListener hears how the calls to the service get on
     * @param listener hears how the search gets on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.DatabaseException where there is no database or it fails
     * @throws io.github.tandemfetch.failure.TandemException where the service fails; what is stored so far is whole. A
     *     failure that concerns one pump is thrown when the others are done.
     */
    public GapFetchReport fetchGaps(Settings settings, SourceListener sourceListener, PipelineListener listener) {
        databases.openForReading(settings.database().value()).close();
        try (TandemSourceClient client = connect(settings, sourceListener)) {
            List<Pump> pumps = pumps(client, settings).pumps();
            try (Database database =
                    opened(databases.openExistingForWriting(settings.database().value()))) {
                PumpFailures failures = new PumpFailures(listener);
                GapFetchReport report =
                        fetchStage(database, client, settings, listener).fetchGaps(pumps, failures);
                failures.throwFirst();
                return report;
            }
        }
    }

    /**
     * Runs the second stage.
     *
     * @param settings the database
     * @param listener hears how the stage gets on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.DatabaseException where there is no database or it fails
     */
    public ParseReport parse(Settings settings, PipelineListener listener) {
        try (Database database =
                opened(databases.openExistingForWriting(settings.database().value()))) {
            return parseStage(database, clockStage(database, settings, listener), listener)
                    .parse();
        }
    }

    /**
     * Makes the derived tables anew from the raw events, with the time zone that is set now.
     *
     * @param settings the database, the time zone
     * @param listener hears how the stages get on
     * @return what came of the second and the third stage
     * @throws io.github.tandemfetch.failure.DatabaseException where there is no database or it fails
     */
    public RebuildReport rebuild(Settings settings, PipelineListener listener) {
        ZoneId zone = settings.timezone().value();
        try (Database database =
                opened(databases.openExistingForWriting(settings.database().value()))) {
            rejectImplausible(database, listener);
            ClockStage clockStage = new ClockStage(database, zone, new RetimedDomainRows(database, tables));
            ParseStage parseStage = parseStage(database, clockStage, listener);
            new ClockZoneTable(database).set(zone, clock.instant());
            parseStage.startOver();
            ParseReport parse = parseStage.parse();
            ExtractReport extract = extractStage(database, clockStage, listener).extract(tables, false);
            return new RebuildReport(zone.getId(), parse, extract);
        }
    }

    /**
     * Runs the third stage.
     *
     * @param settings the database
     * @param chosen which of the domain tables to fill; all events are looked at again, for rows that were lost
     * @param listener hears how the stage gets on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.DatabaseException where there is no database or it fails
     */
    public ExtractReport extract(Settings settings, List<DomainTable> chosen, PipelineListener listener) {
        try (Database database =
                opened(databases.openExistingForWriting(settings.database().value()))) {
            ClockStage clockStage = clockStage(database, settings, listener);
            return extractStage(database, clockStage, listener).extract(chosen, true);
        }
    }

    /** Brings the domain tables of a database to what this program declares. */
    Database opened(Database database) {
        try {
            new DomainSchema(database, tables).bringUpToDate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    TandemSourceClient connect(Settings settings, SourceListener listener) {
        return source.connect(
                settings.requireCredentials(), settings.requireEndpoints(), settings.usableCacheDirectory(), listener);
    }

    /** The database is not opened meanwhile: nobody else could. */
    private PumpList pumpsWhilePreparing(TandemSourceClient client, Settings settings) {
        EngineWarmUp engine = databases.prepare();
        try {
            return pumps(client, settings);
        } finally {
            engine.await();
        }
    }

    static PumpList pumps(TandemSourceClient client, Settings settings) {
        Pumper pumper = client.pumper();
        List<Pump> pumps = olderAssignmentsFirst(pumper.pumps());
        if (!settings.pumpSerial().isSet()) {
            return new PumpList(pumps, pumper.unusable());
        }
        String wanted = settings.pumpSerial().value();
        List<UnusablePump> unusable = pumper.unusable().stream()
                .filter(pump -> wanted.equals(pump.serialNumber()))
                .toList();
        boolean usable = pumps.stream().anyMatch(pump -> pump.serialNumber().equals(wanted));
        if (!usable && !unusable.isEmpty()) {
            throw unusable.get(0).failure();
        }
        return new PumpList(chosen(pumps, settings), unusable);
    }

    /**
     * The pumps that the settings choose.
     *
     * @param pumps all pumps on the account
     * @param settings with the pump's serial number, if one is set
     * @return all of them, or those with that number
     * @throws TandemException where none has it
     */
    public static List<Pump> chosen(List<Pump> pumps, Settings settings) {
        if (!settings.pumpSerial().isSet()) {
            return pumps;
        }
        String wanted = settings.pumpSerial().value();
        List<Pump> chosen = pumps.stream()
                .filter(pump -> pump.serialNumber().equals(wanted))
                .toList();
        if (chosen.isEmpty()) {
            throw new TandemException(
                    "PUMP_NOT_FOUND",
                    "There is no pump " + wanted + " on this account.",
                    pumps.isEmpty()
                            ? "The account has no pumps at all; is it the right one?"
                            : "The account has: "
                                    + pumps.stream().map(Pump::serialNumber).collect(Collectors.joining(", ")) + ".",
                    ExitStatus.INVALID_USAGE);
        }
        return chosen;
    }

    /** A pump that was assigned to the account anew is listed twice; its log is fetched from its beginning on. */
    static List<Pump> olderAssignmentsFirst(List<Pump> pumps) {
        Map<String, List<Pump>> bySerial = pumps.stream()
                .collect(Collectors.groupingBy(Pump::serialNumber, LinkedHashMap::new, Collectors.toList()));
        return bySerial.values().stream()
                .flatMap(assignments -> assignments.stream()
                        .sorted(Comparator.comparing(
                                Pump::maxDateOfEvents, Comparator.nullsFirst(Comparator.naturalOrder()))))
                .toList();
    }

    private ParseStage parseStage(Database database, ClockStage clockStage, PipelineListener listener) {
        return new ParseStage(
                database, EventCatalog.load(), clockStage, new DerivedTables(database, tables), clock, listener);
    }

    private static ExtractStage extractStage(Database database, ClockStage clockStage, PipelineListener listener) {
        return new ExtractStage(database, clockStage.stored(), listener);
    }

    private ClockStage clockStage(Database database, Settings settings, PipelineListener listener) {
        rejectImplausible(database, listener);
        return new ClockStage(database, zone(database, settings, listener), new RetimedDomainRows(database, tables));
    }

    /** An older version stored every number that came. */
    private void rejectImplausible(Database database, PipelineListener listener) {
        long rejected = new RejectedEventTable(database).takeStored(new DerivedTables(database, tables)::drop);
        if (rejected > 0) {
            listener.notice("Raw events with sequence numbers that no log of a pump has: " + rejected
                    + ". They are in rejected_events now, and all times are derived anew.");
        }
    }

    /** The zone that the database's times are derived with; the first run settles it. */
    private ZoneId zone(Database database, Settings settings, PipelineListener listener) {
        ZoneId wanted = settings.timezone().value();
        boolean fromSystem = settings.timezone().origin().kind() == SettingOrigin.Kind.SYSTEM;
        ClockZoneTable table = new ClockZoneTable(database);
        ZoneId current = table.current().orElse(null);
        if (current == null) {
            if (fromSystem) {
                listener.notice("No time zone set; assuming the system's, " + wanted
                        + ". If that is wrong, set one and run 'tandem parse --rebuild'.");
            }
            table.set(wanted, clock.instant());
            return wanted;
        }
        if (!current.equals(wanted) && !fromSystem) {
            listener.notice("The times in this database are derived with " + current + ", and " + wanted
                    + " is set now. New events follow " + current
                    + " too, until 'tandem parse --rebuild' derives all times anew.");
        }
        return current;
    }
}
