package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Migrates the schema: numbered scripts, each run once, in one transaction with its row in {@code schema_version}. A
 * newer version is refused.
 */
public final class Migrations {
    private static final List<String> SCRIPTS = List.of(
            "001_pipeline_tables.sql",
            "002_pump_clock.sql",
            "003_assignment_progress.sql",
            "004_conflicting_events.sql",
            "005_searched_days.sql",
            "006_account.sql",
            "007_rejected_events.sql",
            "008_domain_progress.sql");

    private static final String CREATE_VERSION_TABLE = """
            CREATE TABLE IF NOT EXISTS schema_version (
                version INTEGER PRIMARY KEY,
                script VARCHAR NOT NULL,
                applied_at TIMESTAMPTZ NOT NULL
            )
            """;

    public void migrate(Database database) {
        migrate(database, SCRIPTS.size());
    }

    /** Brings it to a version, for tests with databases of earlier ones. */
    void migrate(Database database, int toVersion) {
        int current = versionOf(database);
        refuse(database, current);
        if (current >= toVersion) {
            return;
        }
        database.transaction(connection -> {
            database.execute(CREATE_VERSION_TABLE);
            for (int version = current + 1; version <= toVersion; version++) {
                String script = SCRIPTS.get(version - 1);
                database.execute(read(script));
                database.update("INSERT INTO schema_version VALUES (?, ?, now())", version, script);
            }
            return null;
        });
    }

    /** Whether the database has an older schema than this program. */
    public boolean isOutdated(Database database) {
        int version = versionOf(database);
        return version > 0 && version < SCRIPTS.size();
    }

    void refuseNewer(Database database) {
        refuse(database, versionOf(database));
    }

    private static void refuse(Database database, int version) {
        if (version > SCRIPTS.size()) {
            throw new DatabaseException(
                    "DATABASE_TOO_NEW",
                    "The database " + database.file() + " was written by a newer tandem (schema version " + version
                            + ", known here: " + SCRIPTS.size() + ").",
                    "Update tandem, or use another file with --db; this one was not changed.",
                    null);
        }
    }

    static int versionOf(Database database) {
        return database.hasTable("schema_version")
                ? database.first("SELECT coalesce(max(version), 0) FROM schema_version", row -> row.getInt(1))
                        .orElse(0)
                : 0;
    }

    private static String read(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + script)) {
            if (in == null) {
                throw new IllegalStateException("The migration is not packaged: " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
