package io.github.tandemfetch.query;

/**
 * One statement that selects, without what ends it.
 *
 * @param sql the selection; it may stand in brackets
 * @param explanation what stands in front where not the rows are asked for but how the engine finds them, such as
 *     {@code EXPLAIN ANALYZE}; empty where the rows are
 * @param columnsFromRows whether the engine knows the columns only once it has read the rows
 */
record ReadStatement(String sql, String explanation, boolean columnsFromRows) {
    static ReadStatement selecting(String sql) {
        return new ReadStatement(sql, "", false);
    }

    static ReadStatement pivoting(String sql) {
        return new ReadStatement(sql, "", true);
    }

    ReadStatement explainedBy(String words) {
        return new ReadStatement(sql, words, columnsFromRows);
    }

    boolean isExplained() {
        return !explanation.isEmpty();
    }
}
