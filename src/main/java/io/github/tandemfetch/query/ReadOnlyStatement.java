package io.github.tandemfetch.query;

/**
 * One statement that selects, without what ends it.
 *
 * @param sql the selection; it may stand in brackets
 * @param explanation what stands in front where not the rows are asked for but how the engine finds them, such as
 *     {@code EXPLAIN ANALYZE}; empty where the rows are
 * @param columnsFromRows whether the engine knows the columns only once it has read the rows
 */
record ReadOnlyStatement(String sql, String explanation, boolean columnsFromRows) {
    static ReadOnlyStatement selecting(String sql) {
        return new ReadOnlyStatement(sql, "", false);
    }

    static ReadOnlyStatement pivoting(String sql) {
        return new ReadOnlyStatement(sql, "", true);
    }

    ReadOnlyStatement explainedBy(String words) {
        return new ReadOnlyStatement(sql, words, columnsFromRows);
    }

    boolean isExplained() {
        return !explanation.isEmpty();
    }
}
