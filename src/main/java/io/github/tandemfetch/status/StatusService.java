package io.github.tandemfetch.status;

import io.github.tandemfetch.clock.ClockReport;
import io.github.tandemfetch.clock.ClockService;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.AssignmentProgress;
import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.SequenceGaps;
import io.github.tandemfetch.history.StoredPumps;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyReport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at a database without changing it. */
@Singleton
public class StatusService {
    private final DatabaseOpener databases;

    public StatusService(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Looks at a database.
     *
     * @param pumpSerial the only pump to tell of; empty for all
     * @return what is in it
     * @throws io.github.tandemfetch.failure.DatabaseException where nothing is stored of that pump
     * @throws io.github.tandemfetch.failure.DatabaseException where there is none, or it cannot be read
     */
    public DatabaseStatus of(Path file, Optional<String> pumpSerial) {
        try (Database database = databases.openForReading(file)) {
            pumpSerial.ifPresent(new StoredPumps(database)::require);
            TableCatalog catalog = new TableCatalog(database);
            List<DatabaseStatus.Table> tables = catalog.extents(pumpSerial).entrySet().stream()
                    .map(table -> new DatabaseStatus.Table(
                            table.getKey().tableName(),
                            table.getValue().rows(),
                            table.getValue().first(),
                            table.getValue().last()))
                    .toList();
            SequenceGaps gaps = new SequenceGaps(database);
            Map<String, Long> missing = gaps.missing();
            Map<String, List<AssignmentProgress>> assignments = new FetchProgressTable(database)
                    .all().stream()
                            .filter(assignment -> pumpSerial
                                    .map(assignment.pumpSerial()::equals)
                                    .orElse(true))
                            .collect(Collectors.groupingBy(
                                    AssignmentProgress::pumpSerial, TreeMap::new, Collectors.toList()));
            boolean judged = database.hasTable("searched_days");
            List<DatabaseStatus.PumpStatus> pumps = assignments.entrySet().stream()
                    .map(pump -> pump(
                            pump.getValue(),
                            missing.getOrDefault(pump.getKey(), 0L),
                            judged ? GapSurvey.of(database, pump.getKey()) : null))
                    .toList();
            long unparsed = rows(tables, PumpTable.RAW_EVENTS) - rows(tables, PumpTable.EVENTS);
            long notFetched =
                    pumps.stream().mapToLong(StatusService::notFetched).sum();
            boolean hasEvents = tables.stream().anyMatch(table -> table.table().equals(PumpTable.EVENTS.tableName()));
            Map<String, Long> bases = hasEvents ? catalog.timeBases(PumpTable.EVENTS, pumpSerial) : Map.of();
            ClockReport clocks = ClockService.of(database, pumpSerial);
            return new DatabaseStatus(
                    size(file),
                    clocks.timezone(),
                    tables,
                    pumps,
                    unparsed,
                    notFetched,
                    verdict(pumps, unparsed, notFetched),
                    new DatabaseStatus.Times(bases, doubtful(clocks)));
        }
    }

    /** A pump with several assignments is fetched to its end when all of them are that the service still lists. */
    private static DatabaseStatus.PumpStatus pump(
            List<AssignmentProgress> assignments, long missing, GapSurvey survey) {
        AssignmentProgress newest = assignments.get(assignments.size() - 1);
        List<AssignmentProgress> listed = assignments.stream()
                .filter(assignment -> assignment.unlistedSince() == null)
                .toList();
        boolean complete = listed.stream()
                .allMatch(assignment -> assignment.progress().completedAt() != null
                        && assignment.progress().incompleteRuns() == 0);
        Progress progress = newest.progress();
        return new DatabaseStatus.PumpStatus(
                newest.pumpSerial(),
                newest.modelName(),
                complete ? progress.completeThrough() : null,
                complete ? progress.completedAt() : null,
                missing,
                listed.isEmpty() ? newest.unlistedSince() : null,
                survey == null ? null : GapSummary.of(newest.pumpSerial(), progress.lastUpload(), survey));
    }

    private static long notFetched(DatabaseStatus.PumpStatus pump) {
        return pump.gaps() == null
                ? pump.missingSequenceNumbers()
                : pump.gaps().kinds().get(GapKind.NOT_FETCHED).sequenceNumbers();
    }

    private static VerifyReport.Verdict verdict(List<DatabaseStatus.PumpStatus> pumps, long unparsed, long notFetched) {
        boolean fetched = pumps.stream().allMatch(pump -> pump.completedAt() != null || pump.unlistedSince() != null);
        boolean reopened = pumps.stream()
                .anyMatch(pump -> pump.gaps() != null && pump.gaps().reopened().gaps() > 0);
        if (!fetched || unparsed > 0 || notFetched > 0 || reopened) {
            return VerifyReport.Verdict.INCOMPLETE;
        }
        return pumps.stream()
                        .anyMatch(pump -> pump.gaps() != null && pump.gaps().pattern() != null)
                ? VerifyReport.Verdict.PARTLY_SENT
                : VerifyReport.Verdict.COMPLETE;
    }

    private static List<ClockReport.PumpTimeline> doubtful(ClockReport clocks) {
        return clocks.pumps().stream()
                .map(pump -> new ClockReport.PumpTimeline(
                        pump.pumpSerial(),
                        pump.stretches().stream()
                                .filter(ClockReport.Stretch::isDoubtful)
                                .toList()))
                .filter(pump -> !pump.stretches().isEmpty())
                .toList();
    }

    private static long rows(List<DatabaseStatus.Table> tables, PumpTable table) {
        return tables.stream()
                .filter(status -> status.table().equals(table.tableName()))
                .mapToLong(DatabaseStatus.Table::rows)
                .sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
