package io.github.tandemfetch.config;

import io.github.tandemfetch.failure.NearestName;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Texts of faulty settings, made fit for an error message. */
final class SettingText {
    private static final int LONGEST_SHOWN = 80;

    private SettingText() {}

    /** The text without control characters, cut where it is long. */
    static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
    }

    /** The candidate that was most likely meant, or empty where none is near. */
    static Optional<String> nearest(String text, Collection<String> candidates) {
        String wanted = text.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, Math.min(4, text.length() / 3));
        return candidates.stream()
                .filter(candidate -> NearestName.distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= allowed)
                .min(Comparator.<String>comparingInt(c -> NearestName.distance(wanted, c.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
