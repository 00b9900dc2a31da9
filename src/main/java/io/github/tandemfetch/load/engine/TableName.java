package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.store.Identifier;
import java.util.regex.Pattern;

/** A valid name for a loaded table. */
record TableName(String text) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_]{1,255}");

    TableName {
        if (text == null || !ALLOWED.matcher(text).matches()) {
            throw EngineErrors.malformedTableName(text, "'" + shown(text) + "' is not a valid table name.");
        }
        if (text.startsWith("_")) {
            throw EngineErrors.malformedTableName(
                    text, "'" + text + "' is not a valid table name: a leading underscore is reserved.");
        }
        if (PumpTable.isNamed(text)) {
            throw EngineErrors.nameOfPumpTable(text);
        }
    }

    String quoted() {
        return Identifier.quoted(text);
    }

    private static String shown(String text) {
        String name = String.valueOf(text);
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
