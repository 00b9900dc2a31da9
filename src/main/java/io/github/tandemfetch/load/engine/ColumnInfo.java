package io.github.tandemfetch.load.engine;

/**
 * A column of a table.
 *
 * @param name its name
 * @param type the engine's name of its type, such as {@code VARCHAR}
 * @param nullable whether a row may have nothing there
 * @param primaryKey whether it is, or is part of, what tells a row from all others
 */
public record ColumnInfo(String name, String type, boolean nullable, boolean primaryKey) {}
