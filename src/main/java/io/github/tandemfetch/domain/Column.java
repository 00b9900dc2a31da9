package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Identifier;

/**
 * A column of a domain table.
 *
 * @param name its name, snake_case
 * @param type DuckDB's name of its type
 * @param required whether every row has a value
 * @param unit the unit of its values, such as {@code mg/dL}; empty where they have none
 * @param comment what it holds, a phrase; with the unit it is the column's comment in the database
 */
public record Column(String name, String type, boolean required, String unit, String comment) {

    /** A column that may be NULL. */
    public static Column of(String name, String type, String unit, String comment) {
        return new Column(name, type, false, unit, comment);
    }

    /** A column that is never NULL. */
    public static Column required(String name, String type, String unit, String comment) {
        return new Column(name, type, true, unit, comment);
    }

    /** The comment in the database: what the column holds, and the unit. */
    public String description() {
        return unit.isEmpty() ? comment : comment + ", " + unit;
    }

    String definition() {
        return Identifier.quoted(name) + " " + type + (required ? " NOT NULL" : "");
    }
}
