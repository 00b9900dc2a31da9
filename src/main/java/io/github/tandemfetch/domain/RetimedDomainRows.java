package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.DependentRows;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.store.Database;
import java.util.List;

/** Moves the rows of all domain tables with the clock, in the order in which they are filled. */
public final class RetimedDomainRows implements DependentRows {
    private final List<TableRows> tables;

    /**
     * Moves rows of an open database.
     *
     * @param tables the domain tables
     */
    public RetimedDomainRows(Database database, List<DomainTable> tables) {
        this.tables = tables.stream().map(table -> table.rows(database)).toList();
    }

    /** Moves rows of all domain tables. */
    public RetimedDomainRows(Database database) {
        this(database, DomainTables.ALL);
    }

    @Override
    public void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved) {
        tables.forEach(table -> table.retime(stretch, timeline, eventsMoved));
    }

    @Override
    public void finish(String pumpSerial) {
        tables.forEach(table -> table.finishRetiming(pumpSerial));
    }
}
