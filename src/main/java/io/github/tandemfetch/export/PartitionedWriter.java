package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.domain.TimedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes a table to a folder of Parquet files, one for each stretch of time, in folders such as {@code
 * year=2026/month=2} that Hive, Spark, Trino, Athena and DuckDB read as one table. Each file is a copy of its own, so
 * that only one stretch of time is sorted in memory, and its rows are in order.
 */
final class PartitionedWriter implements TableWriter {
    private final CopyRunner runner;
    private final TimedTable table;
    private final List<Column> columns;
    private final ExportConfig config;

    PartitionedWriter(CopyRunner runner, TimedTable table, List<Column> columns, ExportConfig config) {
        this.runner = runner;
        this.table = table;
        this.columns = columns;
        this.config = config;
    }

    @Override
    public Written write(Path place, SelectedRows rows, long expected, LongConsumer progress) throws IOException {
        long done = 0;
        long bytes = 0;
        List<Period> periods = runner.periods(rows, config.partitionBy());
        if (expected == 0) {
            return schemaOnly(place, rows);
        }
        for (Period period : periods) {
            long wanted = Math.min(period.rows(), expected - done);
            if (wanted == 0) {
                break;
            }
            Path folder =
                    Files.createDirectories(place.resolve(config.partitionBy().folder(period.first())));
            Path file = folder.resolve(fileName());
            long before = done;
            done += runner.copy(
                    file, rowsOf(period, wanted), wanted, part -> progress.accept(before + (long) (part * wanted)));
            bytes += Files.size(file);
            progress.accept(done);
        }
        return new Written(done, bytes);
    }

    // A table without rows still has a schema to tell. It lies outside of any stretch of time: some readers cannot make
    // anything of a table whose only part is that of unknown times.
    private Written schemaOnly(Path place, SelectedRows rows) throws IOException {
        Path file = Files.createDirectories(place).resolve(fileName());
        return new Written(runner.copy(file, rows, 0, part -> {}), Files.size(file));
    }

    private String fileName() {
        return table.tableName() + "." + config.format().extension();
    }

    private SelectedRows rowsOf(Period period, long wanted) {
        TimeWindow window = period.first() == null
                ? TimeWindow.UNKNOWN
                : TimeWindow.of(config.dateRange())
                        .within(period.first(), config.partitionBy().next(period.first()));
        return new SelectedRows(table, columns, window, config.pumpSerial(), wanted == period.rows() ? null : wanted);
    }

    /**
     * A stretch of time.
     *
     * @param first its first day, or null for unknown times
     * @param rows how many rows there are
     */
    record Period(LocalDate first, long rows) {}
}
