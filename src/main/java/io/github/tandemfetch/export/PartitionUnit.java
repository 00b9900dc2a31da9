package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tandemfetch.failure.NearestName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The stretch of time, in UTC, whose rows share a folder where a table is exported in parts. */
@RegisterForReflection
public enum PartitionUnit {
    /** {@code year=2026}. */
    YEAR(Period.ofYears(1)),
    /** {@code year=2026/month=2}. */
    MONTH(Period.ofMonths(1)),
    /** {@code year=2026/month=2/day=8}. */
    DAY(Period.ofDays(1));

    // How Hive, and all that read its folders, write that a value is unknown.
    private static final String UNKNOWN = "__HIVE_DEFAULT_PARTITION__";

    private final Period length;

    PartitionUnit(Period length) {
        this.length = length;
    }

    /**
     * The name on the command line, in JSON and in SQL.
     *
     * @return such as {@code month}
     */
    @JsonValue
    public String unitName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The unit of a name, upper and lower case alike.
     *
     * @param name such as {@code month}
     * @return the unit
     * @throws ExportArgumentException where there is no such unit
     */
    public static PartitionUnit parse(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(unit -> unit.unitName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ExportArgumentException(
                        "UNKNOWN_PARTITION",
                        "--partition-by: '" + name + "' is not one of " + String.join(", ", names()) + ".",
                        NearestName.advice(wanted, names())));
    }

    /**
     * The names of all units.
     *
     * @return {@code year} first
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(PartitionUnit::unitName).toList();
    }

    /**
     * The folder of a stretch of time. Numbers have no leading zero, as Spark, Hive and DuckDB write them.
     *
     * @param first the stretch's first day, or null for rows whose time is unknown
     * @return such as {@code year=2026/month=2}
     */
    String folder(LocalDate first) {
        String folder = "year=" + (first == null ? UNKNOWN : first.getYear());
        if (this != YEAR) {
            folder += "/month=" + (first == null ? UNKNOWN : first.getMonthValue());
        }
        if (this == DAY) {
            folder += "/day=" + (first == null ? UNKNOWN : first.getDayOfMonth());
        }
        return folder;
    }

    LocalDate next(LocalDate first) {
        return first.plus(length);
    }
}
