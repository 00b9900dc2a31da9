package io.github.tandemfetch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.config.SettingEntry;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.status.DatabaseStatus;
import io.github.tandemfetch.status.StatusService;
import io.github.tandemfetch.store.DatabaseLockedException;
import io.github.tandemfetch.store.DatabaseNotFoundException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem status}. */
@Command(
        name = "status",
        description = "Show settings and their sources, database, freshness, gaps.",
        footer = {"", "Examples:", "  tandem status", "  tandem status --json | jq '.database.pumps'"})
class StatusCommand implements Runnable {
    @Mixin
    SettingsOptions settingsOptions;

    private final CommandSettings commandSettings;
    private final StatusService statusService;
    private final Output output;

    StatusCommand(CommandSettings commandSettings, StatusService statusService, Output output) {
        this.commandSettings = commandSettings;
        this.statusService = statusService;
        this.output = output;
    }

    /**
     * The status as JSON.
     *
     * @param settings every setting, secrets masked
     * @param credentialsComplete whether a login can be tried
     * @param databaseState {@code present}, {@code missing} or {@code locked}
     * @param database what is in it; absent unless it is present
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusDocument(
            List<SettingLine> settings, boolean credentialsComplete, String databaseState, DatabaseStatus database) {}

    /**
     * A setting as JSON.
     *
     * @param name the setting
     * @param value its value, masked where it is a secret
     * @param origin where it comes from
     */
    @RegisterForReflection
    record SettingLine(String name, String value, String origin) {
        static SettingLine of(SettingEntry entry) {
            return new SettingLine(entry.name(), entry.value(), entry.origin());
        }
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(settingsOptions.overrides());
        DatabaseStatus status = null;
        String state = "present";
        String sentence = "";
        try {
            status = statusService.of(
                    settings.database().value(), settings.pumpSerial().optional());
        } catch (DatabaseNotFoundException e) {
            state = "missing";
            sentence = "No database yet. 'tandem sync' fetches your data, 'tandem demo' shows how it goes.";
        } catch (DatabaseLockedException e) {
            state = "locked";
            sentence = e.getMessage();
        }
        if (output.isJson()) {
            output.json(new StatusDocument(
                    settings.entries().stream().map(SettingLine::of).toList(),
                    settings.hasCredentials(),
                    state,
                    status));
            return;
        }
        TextTable.of(
                        List.of("SETTING", "VALUE", "FROM"),
                        settings.entries().stream()
                                .map(entry -> List.of(entry.name(), entry.value(), entry.origin()))
                                .toList())
                .forEach(output::data);
        output.data("");
        if (status == null) {
            output.data(sentence);
        } else {
            new StatusPrinter(output).print(status);
        }
    }
}
