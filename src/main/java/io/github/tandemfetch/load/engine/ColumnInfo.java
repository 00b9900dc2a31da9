package io.github.tandemfetch.load.engine;

/**
 * A column of a table.
 *
 * @param type the engine's type name, such as {@code VARCHAR}
 * @param primaryKey whether it is part of the primary key
 */
public record ColumnInfo(String name, String type, boolean nullable, boolean primaryKey) {}
