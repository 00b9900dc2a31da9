package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.SettingOverrides;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.config.SettingsLoader;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.pipeline.SyncReport;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Events whose properties are anything but what they should be go through all stages, and none is lost. */
@QuarkusTest
class HostileEventsTest {
    private static final List<Integer> CODES =
            List.of(3, 5, 13, 14, 16, 20, 64, 81, 90, 256, 279, 280, 313, 372, 399, 480, 59_999, 65_535, 0);
    private static final List<String> NAMES = List.of(
            "timePrior",
            "timeAfter",
            "datePrior",
            "dateAfter",
            "commandedRate",
            "commandedRateSource",
            "profileBasalRate",
            "glucoseValueStatus",
            "currentGlucoseDisplayValue",
            "egvTimeStamp",
            "rate",
            "cgmDataType",
            "alertId",
            "featuresBitmask",
            "labels",
            "");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"text\"",
            "\"12\"",
            "\"\\u0000\"",
            "\"NaN\"",
            "-1",
            "0.5",
            "1e400",
            "-1e-400",
            "2147483648",
            "4294967295",
            "99999999999999999999",
            "1" + "0".repeat(400),
            "[1,2]",
            "[[[]]]",
            "[\"a\",null,1e9]",
            "{\"a\":{\"b\":[]}}",
            "[".repeat(200) + "]".repeat(200),
            "\"" + "x".repeat(200_000) + "\"");
    private static final List<String> STAMPS = List.of(
            "\"2026-05-14T00:01:31\"",
            "\"2008-01-01T00:00:00\"",
            "\"1970-01-01T00:00:00\"",
            "\"9999-12-31T23:59:59\"",
            "\"+999999999-12-31T23:59:59\"",
            "\"-4000-01-01T00:00:00\"",
            "\"2026-02-30T00:00:00\"",
            "\"yesterday\"",
            "17",
            "null",
            "{}");

    @TempDir
    Path folder;

    private final List<String> events = new ArrayList<>();

    private void add(int code, String stamp, String properties) {
        events.add("{\"eventCode\":" + code + ",\"sequenceGroup\":0,\"sequenceNumber\":" + (events.size() + 1)
                + ",\"pumpDateTime\":" + stamp + ",\"eventProperties\":" + properties + "}");
    }

    @Test
    void every_one_is_stored_and_parsed_and_no_stage_fails() {
        for (int code : CODES) {
            for (String value : VALUES) {
                StringBuilder properties = new StringBuilder("{");
                NAMES.forEach(name -> properties
                        .append(properties.length() > 1 ? "," : "")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(value.length() > 1_000 && !name.equals("rate") ? "1" : value));
                add(code, STAMPS.get(0), properties.append('}').toString());
                add(code, STAMPS.get(0), value.length() > 1_000 ? "[]" : value);
            }
            for (String stamp : STAMPS) {
                add(
                        code,
                        stamp,
                        "{\"egvTimeStamp\":580000000,\"timePrior\":1,\"timeAfter\":2,\"currentGlucoseDisplayValue\":99}");
            }
        }
        try (ScriptedService service = new ScriptedService()) {
            service.always(
                    ScriptedService.PUMPER,
                    r -> r.json(
                            200,
                            "{\"pumps\":[{\"assignmentId\":\"pump-1\",\"serialNumber\":123,"
                                    + "\"maxDateOfEvents\":\"2026-05-14T00:01:31\",\"availableDataRange\":"
                                    + "{\"start\":\"2026-05-13\",\"end\":\"2026-05-14\"}}]}"));
            service.always(
                    ScriptedService.LOGS,
                    r -> r.json(200, "{\"events\":[" + String.join(",", events) + "],\"clockChanges\":[]}"));
            SyncReport report = pipeline().sync(settings(service), SourceListener.silent(), PipelineListener.SILENT);

            assertThat(report.fetch().complete()).isTrue();
            assertThat(report.parse().parsed()).isEqualTo(events.size());
            try (Database database = new DatabaseOpener().openForReading(folder.resolve("t.db"))) {
                List<String> stored = new ArrayList<>();
                database.forEach(
                        "SELECT raw_event_data::VARCHAR FROM raw_events ORDER BY sequence_number",
                        row -> stored.add(row.getString(1)));
                assertThat(stored).isEqualTo(events);
                assertThat(database.first(
                                        "SELECT count(*) FROM events WHERE event_name LIKE 'UNKNOWN_%'",
                                        row -> row.getLong(1))
                                .orElseThrow())
                        .isPositive();
            }
        }
    }

    private static PipelineService pipeline() {
        RetryPolicy policy = new RetryPolicy(2, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(3));
        return new PipelineService(
                new DatabaseOpener(),
                new TandemSourceConnector(
                        policy,
                        SourceTimeouts.standard(),
                        new io.github.tandemfetch.config.Environment(
                                java.util.Map.of(),
                                java.nio.file.Path.of("").toAbsolutePath(),
                                java.nio.file.Path.of("").toAbsolutePath())),
                Clock.systemUTC());
    }

    private Settings settings(ScriptedService service) {
        Map<String, String> variables = Map.ofEntries(
                Map.entry("TANDEM_DB", folder.resolve("t.db").toString()),
                Map.entry("TANDEM_EMAIL", ScriptedService.EMAIL),
                Map.entry("TANDEM_PASSWORD", ScriptedService.PASSWORD),
                Map.entry("TANDEM_REGION", "EU"),
                Map.entry("TANDEM_TIMEZONE", "Europe/Berlin"),
                Map.entry("TANDEM_SSO_URL", service.endpoints().ssoUrl()),
                Map.entry("TANDEM_ACCOUNTS_URL", service.endpoints().accountsUrl()),
                Map.entry("TANDEM_SOURCE_URL", service.endpoints().sourceUrl()),
                Map.entry("TANDEM_REDIRECT_URI", service.endpoints().redirectUri()),
                Map.entry("TANDEM_CLIENT_ID", service.endpoints().clientId()),
                Map.entry("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        return new SettingsLoader(new Environment(variables, folder, folder)).load(SettingOverrides.none());
    }
}
