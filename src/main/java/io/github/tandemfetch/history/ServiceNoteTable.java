package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.ZoneOffset;

/** Which remarks about a pump have been made, so that none is repeated at every run. */
public final class ServiceNoteTable {
    private final Database database;

    public ServiceNoteTable(Database database) {
        this.database = database;
    }

    /**
     * Whether a remark is made for the first time; notes it then.
     *
     * @param subject what the remark is about
     * @param at the time of the remark
     * @return true the first time
     */
    public boolean isFirst(String pumpSerial, String subject, Instant at) {
        boolean noted = database.first(
                        "SELECT 1 FROM service_notes WHERE pump_serial = ? AND subject = ?",
                        row -> true,
                        pumpSerial,
                        subject)
                .isPresent();
        if (!noted) {
            database.update(
                    "INSERT INTO service_notes VALUES (?, ?, ?)", pumpSerial, subject, at.atOffset(ZoneOffset.UTC));
        }
        return !noted;
    }
}
