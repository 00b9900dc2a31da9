package io.github.tandemfetch.domain;

import java.util.List;
import java.util.Set;

/**
 * The basal rates, a row every five minutes. 65535 is how the pump says "not set" and becomes NULL. No Tandem pump
 * delivers more than 15 U/h, so that a greater rate is unreadable, and NULL too.
 */
public final class BasalDeliveries extends EventRowsTable {
    private static final int NOT_SET = 65_535;
    private static final int MOST = 15_000;

    @Override
    public String name() {
        return "basal_deliveries";
    }

    @Override
    public String comment() {
        return "Basal rates";
    }

    @Override
    public String rowName() {
        return "basal delivery";
    }

    @Override
    public String valueName() {
        return "basal rate";
    }

    @Override
    public Set<Integer> eventCodes() {
        return Set.of(279);
    }

    @Override
    protected List<Value> values() {
        return List.of(
                rate("profile_basal_rate", "profileBasalRate", "Rate of the active profile"),
                rate("algorithm_basal_rate", "algorithmRate", "Rate that the algorithm asks for"),
                rate("temp_basal_rate", "tempRate", "Temporary rate"),
                rate("commanded_basal_rate", "commandedRate", "Rate that the pump delivers"),
                new Value(
                        Column.of("commanded_rate_source", "VARCHAR", "", "Which of the rates is delivered"),
                        label("commandedRateSource")));
    }

    /** The commanded rate is there, the others are rates where they are there, and so is the one it comes from. */
    @Override
    protected String readable() {
        return "coalesce(" + isRate("commandedRate") + ", false) AND "
                + readableIfThere("profileBasalRate") + " AND "
                + readableIfThere("algorithmRate") + " AND "
                + readableIfThere("tempRate")
                + """
                 AND ({commandedRateSource} IS NULL OR (
                    ({commandedRateSource} <> '1' OR {profileBasalRate} IS NOT NULL)
                    AND ({commandedRateSource} NOT IN ('3', '4') OR {algorithmRate} IS NOT NULL)
                    AND ({commandedRateSource} NOT IN ('2', '4') OR {tempRate} IS NOT NULL)))""";
    }

    private static Value rate(String column, String property, String comment) {
        return new Value(
                Column.of(column, "INTEGER", "mU/h", comment),
                "CASE WHEN %s AND {#%2$s} < %3$d THEN {#%2$s}::INTEGER END"
                        .formatted(isRate(property), property, NOT_SET));
    }

    private static String isRate(String property) {
        return "(({#%1$s} BETWEEN 0 AND %2$d OR {#%1$s} = %3$d) AND {#%1$s} = floor({#%1$s}))"
                .formatted(property, MOST, NOT_SET);
    }

    private static String readableIfThere(String property) {
        return "({" + property + "} IS NULL OR coalesce(" + isRate(property) + ", false))";
    }
}
