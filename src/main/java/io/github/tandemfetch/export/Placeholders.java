package io.github.tandemfetch.export;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named placeholders, such as {@code $start_date}, of an SQL text. The driver binds by position only. */
final class Placeholders {
    private static final Pattern PARTS =
            Pattern.compile("\"(?:[^\"]|\"\")*+\"|'(?:[^']|'')*+'|\\$(?<name>[a-z][a-z_]*+)");

    private final String sql;

    Placeholders(String sql) {
        this.sql = sql;
    }

    Set<String> names() {
        return new LinkedHashSet<>(inOrder());
    }

    /** Each placeholder's name as often as it stands in the text. */
    List<String> inOrder() {
        List<String> names = new ArrayList<>();
        Matcher parts = PARTS.matcher(sql);
        while (parts.find()) {
            if (parts.group("name") != null) {
                names.add(parts.group("name"));
            }
        }
        return names;
    }

    /** The text with a question mark for each placeholder. */
    String positional() {
        return PARTS.matcher(sql)
                .replaceAll(part -> Matcher.quoteReplacement(isPlaceholder(part) ? "?" : part.group()));
    }

    private static boolean isPlaceholder(MatchResult part) {
        return part.group().startsWith("$");
    }
}
