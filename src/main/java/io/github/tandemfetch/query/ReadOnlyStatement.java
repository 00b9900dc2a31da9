package io.github.tandemfetch.query;

/**
 * One SELECT statement without its semicolon.
 *
 * @param sql the selection; may be put in parentheses
 * @param explanation the prefix of an explained statement, such as {@code EXPLAIN ANALYZE}; else empty
 * @param columnsFromRows whether the columns are only known after reading the rows
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
