package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;

/** A small database of rows that are hard to write to a file, stored in another order than that of their times. */
final class AwkwardHistory {
    /** Rows in each of the four tables. */
    static final int ROWS = 8;

    private static final String[] TIMES = {
        "2026-02-08 10:30:00.123456+00",
        "2026-02-07 23:59:59.999999+00",
        null,
        "2026-02-08 00:00:00+00",
        "2026-02-08 00:00:00+00",
        "2026-02-09 00:00:00+00",
        "1999-12-31 23:00:00.5+00",
        "2026-02-08 23:59:59.999999+00"
    };
    private static final String[] JSON = {
        "{\"o\":{\"list\":[1,2.5,null,{\"deep\":true}],\"text\":\"say \\\"hi\\\", then\\nnext \\\\ \\u00e9\"}}",
        "{\"big\":9007199254740993,\"negative\":-9223372036854775808}",
        "{ \"spaced\" : \"out\",\r\n  \"lines\" : [ ] }",
        "{\"emoji\":\"\uD83E\uDE78 \u00fcber, 100%\"}",
        "null",
        "[]",
        "\"just text\"",
        "{\"empty\":\"\",\"comma\":\"a,b;c\\td\"}"
    };
    private static final String[] TEXTS = {
        "", "plain", "a,b", "say \"hi\"", "two\r\nlines", " blanks ", "NULL", "\uD83E\uDE78 \u00fc \r\t'%s"
    };

    private AwkwardHistory() {}

    static void writeTo(Path file) {
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            for (int i = 0; i < ROWS; i++) {
                writeRow(database, i);
            }
        }
    }

    private static void writeRow(Database database, int i) {
        long id = i == 6 ? Long.MAX_VALUE : 9_007_199_254_740_993L - i;
        String pumpTime = i % 3 == 0 ? null : "2026-02-08 02:30:0" + i + (i % 2 == 0 ? "" : ".000007");
        database.update(
                "INSERT INTO raw_events VALUES (?, ?, ?::TIMESTAMPTZ, ?::JSON, 0, ?, 399, ?::TIMESTAMP, ?, now())",
                id,
                TEXTS[i],
                TIMES[i],
                JSON[i],
                i,
                pumpTime,
                "a" + i);
        database.update(
                "INSERT INTO events VALUES (?, ?, now(), ?::TIMESTAMPTZ, 399, 'LID_CGM_DATA_G7', ?::JSON, ?,"
                        + " ?::TIMESTAMP, 'zone', 4294967295, ?)",
                id,
                id,
                TIMES[i],
                JSON[ROWS - 1 - i],
                TEXTS[i],
                pumpTime,
                i);
        database.update(
                "INSERT INTO cgm_readings VALUES (?, ?, ?::TIMESTAMPTZ, ?, ?, ?, ?, ?, 'G7', ?, ?::TIMESTAMP, 'zone')",
                id,
                id,
                TIMES[i],
                i % 2 == 0 ? null : 100 + i,
                TEXTS[ROWS - 1 - i],
                i,
                new Double[] {0.1, -0.7, null, 1e-7, 12345.678901234567, 1.0 / 3, 0.0, 1e22}[i],
                i % 2 == 0,
                TEXTS[i],
                pumpTime);
        database.update(
                "INSERT INTO basal_deliveries VALUES (?, ?, ?::TIMESTAMPTZ, ?, NULL, NULL, ?, ?, ?, ?::TIMESTAMP, 'z')",
                id,
                id,
                TIMES[i],
                i % 2 == 0 ? null : 850,
                Integer.MAX_VALUE - i,
                i % 2 == 0 ? TEXTS[i] : null,
                TEXTS[i],
                pumpTime);
    }
}
