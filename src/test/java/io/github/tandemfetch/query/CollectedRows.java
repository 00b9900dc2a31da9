package io.github.tandemfetch.query;

import java.util.ArrayList;
import java.util.List;

/** Keeps a result. */
final class CollectedRows implements RowSink {
    private final List<ResultColumn> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    @Override
    public void begin(List<ResultColumn> begun) {
        columns.addAll(begun);
    }

    @Override
    public void row(List<String> values) {
        rows.add(new ArrayList<>(values));
    }

    List<String> names() {
        return columns.stream().map(ResultColumn::name).toList();
    }

    List<ResultColumn> columns() {
        return columns;
    }

    List<List<String>> rows() {
        return rows;
    }
}
