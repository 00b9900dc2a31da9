package io.github.tandemfetch.domain;

import java.util.List;
import java.util.Optional;

/** The domain tables, in the order in which they are filled: a table that is computed from others stands behind them. */
public final class DomainTables {
    /** Every domain table; a new one is a line here. */
    public static final List<DomainTable> ALL = List.of(new CgmReadings(), new BasalDeliveries());

    private DomainTables() {}

    /** The domain table of a name; empty where there is none. */
    public static Optional<DomainTable> named(String name) {
        return ALL.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
