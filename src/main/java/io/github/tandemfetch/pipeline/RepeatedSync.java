package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.config.FileStamp;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the pipeline again and again on one database, and holds the database only while it writes: answers are fetched
 * before it is opened, a few windows at a time. Where the service has nothing that the last run did not see, and nobody
 * else has changed the file, it is not opened at all. For one thread at a time; between runs it holds no connection and
 * no file.
 */
public final class RepeatedSync {
    private static final int WINDOWS_AT_ONCE = 4;

    private final PipelineService pipeline;
    private final DatabaseOpener databases;
    private final Settings settings;
    private final WritingTurn turn;
    private final Path file;
    private final Clock clock;
    private Seen seen;

    // Within one run, what is stored in turns must all go into one file.
    private Optional<FileIdentity> identity = Optional.empty();

    /**
     * What the last run saw, if all that can be fetched was.
     *
     * @param plans what the service had of each pump, by assignment
     * @param progress how far each assignment was fetched
     * @param newestEvent the time of the newest event
     * @param stamp the file after it was closed
     */
    private record Seen(
            Map<String, Optional<FetchPlan>> plans,
            Map<String, Progress> progress,
            Optional<Instant> newestEvent,
            FileStamp stamp) {}

    /** What the last opening of the database has come to. */
    private record Stored(SyncReport report, Optional<Instant> newestEvent, Map<String, Progress> progress) {}

    RepeatedSync(PipelineService pipeline, DatabaseOpener databases, Settings settings, WritingTurn turn, Clock clock) {
        this.clock = clock;
        this.pipeline = pipeline;
        this.databases = databases;
        this.settings = settings;
        this.turn = turn;
        this.file = settings.database().value();
    }

    /**
     * Brings the database up to date with the service.
     *
     * @param sourceListener hears how the calls to the service get on
     * @param listener hears how the stages get on
     * @return what came of it
     * @throws io.github.tandemfetch.failure.TandemException where it fails; what is stored so far is whole, and the next
     *     run goes on from there
     */
    public SyncPass sync(SourceListener sourceListener, PipelineListener listener) {
        Seen last = seen;
        // Only a run that comes to its end is remembered.
        seen = null;
        identity = identity();
        try (TandemSourceClient client = pipeline.connect(settings, sourceListener)) {
            PumpList listed = PipelineService.pumps(client, settings);
            List<Pump> pumps = listed.pumps();
            if (pumps.isEmpty()) {
                listener.notice("No pumps on this account.");
            }
            Map<String, Optional<FetchPlan>> plans = plans(pumps);
            boolean untouched = last != null && last.stamp().equals(stamp());
            if (untouched && last.plans().equals(plans)) {
                seen = last;
                return new SyncPass(0, last.newestEvent(), listed.notFetched().isEmpty(), false);
            }
            PrefetchedAnswers answers = new PrefetchedAnswers(client);
            Map<String, Progress> progress = untouched ? last.progress() : storedProgress();
            List<Pump> left = new ArrayList<>(pumps);
            boolean complete = true;
            PumpFailures failures = new PumpFailures(listener);
            // All but the last that has something new are fetched each by itself; nobody waits for the next one's
            // answers.
            for (Iterator<Pump> moved = moved(pumps, progress).iterator(); moved.hasNext(); ) {
                Pump pump = moved.next();
                boolean isLast = !moved.hasNext();
                boolean prefetched = failures.attempt(
                        pump, () -> prefetch(answers, pump, progress.get(pump.assignmentId()), listener));
                if (prefetched && !isLast) {
                    complete &= fetchAlone(answers, pump, pumps, failures, listener);
                }
                if (!prefetched || !isLast) {
                    left.remove(pump);
                }
            }
            SyncPass pass = store(answers, left, listed, plans, complete, failures, listener);
            failures.throwFirst();
            return pass;
        }
    }

    private List<Pump> moved(List<Pump> pumps, Map<String, Progress> progress) {
        return pumps.stream()
                .filter(pump -> FetchPlan.of(pump, clock)
                        .filter(plan -> !plan.isFetched(progress.get(pump.assignmentId())))
                        .isPresent())
                .toList();
    }

    private boolean fetchAlone(
            PrefetchedAnswers answers, Pump pump, List<Pump> listed, PumpFailures failures, PipelineListener listener) {
        return writing(database -> pipeline.fetchStage(database, answers, settings, listener)
                .fetch(List.of(pump), listed, failures)
                .complete());
    }

    private SyncPass store(
            PrefetchedAnswers answers,
            List<Pump> pumps,
            PumpList listed,
            Map<String, Optional<FetchPlan>> plans,
            boolean othersComplete,
            PumpFailures failures,
            PipelineListener listener) {
        Stored stored = writing(database -> {
            SyncReport report = pipeline.stages(database, answers, pumps, listed, settings, failures, listener);
            Instant newest = new TableCatalog(database).extent(PumpTable.EVENTS).last();
            return new Stored(report, Optional.ofNullable(newest), progress(database));
        });
        boolean whole = othersComplete && stored.report().fetch().isWhole();
        FileStamp stamp = stamp();
        if (whole && failures.isEmpty() && stamp != null) {
            seen = new Seen(plans, stored.progress(), stored.newestEvent(), stamp);
        }
        boolean complete = whole && stored.report().fetch().complete();
        return new SyncPass(stored.report().parse().parsed(), stored.newestEvent(), complete, true);
    }

    /** Fetches what will be stored; where it is much, stores it a few windows at a time, but for the last of them. */
    private void prefetch(PrefetchedAnswers answers, Pump pump, Progress before, PipelineListener listener) {
        FetchPlan plan = FetchPlan.of(pump, clock).orElseThrow();
        List<FetchWindow> windows = plan.windows(before);
        if (windows.size() > WINDOWS_AT_ONCE) {
            listener.fetchStarted(pump.serialNumber(), windows.size());
        }
        while (windows.size() > WINDOWS_AT_ONCE) {
            List<FetchWindow> first = windows.subList(0, WINDOWS_AT_ONCE);
            if (!prefetchAll(answers, pump, first)) {
                return;
            }
            List<FetchWindow> rest = plan.windows(storeFirst(answers, pump, plan, first, listener));
            boolean goesOn = rest.get(0).first().isAfter(first.get(0).first());
            if (!goesOn) {
                // A window without events, which the fetch stage knows how to judge.
                return;
            }
            windows = rest;
        }
        prefetchAll(answers, pump, windows);
    }

    private static boolean prefetchAll(PrefetchedAnswers answers, Pump pump, List<FetchWindow> windows) {
        for (FetchWindow window : windows) {
            if (!answers.prefetch(pump.assignmentId(), window)) {
                return false;
            }
        }
        return true;
    }

    private Progress storeFirst(
            PrefetchedAnswers answers, Pump pump, FetchPlan plan, List<FetchWindow> first, PipelineListener listener) {
        return writing(database -> {
            pipeline.fetchStage(database, answers, settings, listener).fetchFirst(pump, plan, first);
            return progress(database).get(pump.assignmentId());
        });
    }

    private Map<String, Progress> storedProgress() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        // For writing, as after a kill the engine has something to put in order, and an old schema is brought up to
        // date.
        return writing(RepeatedSync::progress);
    }

    private <T> T writing(Function<Database, T> work) {
        return turn.write(() -> {
            identity.ifPresent(FileIdentity::requireInPlace);
            try (Database database = pipeline.opened(databases.openForWriting(file))) {
                identity = identity();
                return work.apply(database);
            }
        });
    }

    private static Map<String, Progress> progress(Database database) {
        return new FetchProgressTable(database)
                .all().stream()
                        .collect(Collectors.toMap(
                                AssignmentProgress::deviceAssignmentId, AssignmentProgress::progress, (a, b) -> a));
    }

    private Map<String, Optional<FetchPlan>> plans(List<Pump> pumps) {
        Map<String, Optional<FetchPlan>> plans = new HashMap<>();
        pumps.forEach(pump -> plans.put(pump.assignmentId(), FetchPlan.of(pump, clock)));
        return plans;
    }

    private Optional<FileIdentity> identity() {
        try {
            return Optional.of(FileIdentity.of(file));
        } catch (IOException notThereYet) {
            return Optional.empty();
        }
    }

    private FileStamp stamp() {
        try {
            return FileStamp.of(file);
        } catch (IOException gone) {
            return null;
        }
    }
}
