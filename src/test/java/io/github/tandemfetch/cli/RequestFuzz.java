package io.github.tandemfetch.cli;

import java.util.List;
import java.util.Random;

/** Requests that nobody would send, some of them nearly right. */
final class RequestFuzz {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "1.0",
            "1e400",
            "-0.0",
            "9223372036854775808",
            "\"\"",
            "\"events\"",
            "\"csv\"",
            "\"parquet\"",
            "\"2026-02-30\"",
            "\"2026-01-01\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\uD83E\uDE78\"",
            "\"' OR 1=1 --\"",
            "\"../../etc/passwd\"",
            "[]",
            "[[]]",
            "[\"id\"]",
            "[\"id\",\"id\"]",
            "[null]",
            "{}",
            "{\"date_from\":\"2026-01-01\"}",
            "{\"date_from\":null,\"date_to\":{}}",
            "NaN",
            "'x'",
            "");
    private static final List<String> NAMES = List.of(
            "table_name", "format", "columns", "row_limit", "filters", "compress", "", "id", "__proto__", "\\u0000");
    private static final List<String> PARTS = List.of(
            "api",
            "v1",
            "export",
            "jobs",
            "tables",
            "formats",
            "events",
            "columns",
            "preview",
            "download",
            "1",
            "-1",
            "0x1",
            "..",
            ".",
            "",
            "%2e%2e",
            "%2f",
            "%00",
            "%ff",
            "%25",
            ";a=b",
            "*",
            "%F0%9F%A9%B8",
            "q",
            "health",
            "openapi",
            "?limit=1",
            "?limit=-1",
            "?cursor=AAAA",
            "?status=%27",
            "?=",
            "?&&",
            "?%3d");

    private final Random random;

    RequestFuzz(Random random) {
        this.random = random;
    }

    String body() {
        if (random.nextInt(10) == 0) {
            return any(VALUES);
        }
        if (random.nextInt(20) == 0) {
            return "[".repeat(random.nextInt(3_000));
        }
        StringBuilder body = new StringBuilder("{");
        boolean nearlyRight = random.nextBoolean();
        if (nearlyRight) {
            body.append("\"table_name\":\"events\",\"format\":\"csv\",\"row_limit\":1");
        }
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            body.append(i > 0 || nearlyRight ? "," : "")
                    .append('"')
                    .append(any(NAMES))
                    .append("\":")
                    .append(any(VALUES));
        }
        return body + (random.nextInt(20) == 0 ? "" : "}");
    }

    String path() {
        StringBuilder path = new StringBuilder(random.nextBoolean() ? "/api/v1/export" : "");
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            path.append('/').append(any(PARTS));
        }
        return path.toString();
    }

    private String any(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
