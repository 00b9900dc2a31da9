package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.store.Identifier;
import java.util.regex.Pattern;

/**
 * A name that a loaded table may have.
 *
 * @param text the name
 */
record TableName(String text) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_]{1,255}");

    TableName {
        if (text == null || !ALLOWED.matcher(text).matches()) {
            throw InvalidTableNameException.malformed(text, "'" + shown(text) + "' is no name for a table.");
        }
        if (text.startsWith("_")) {
            throw InvalidTableNameException.malformed(
                    text, "'" + text + "' is no name for a table: an underscore in front is for tandem's own.");
        }
        if (PumpTable.isNamed(text)) {
            throw InvalidTableNameException.ofPump(text);
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
