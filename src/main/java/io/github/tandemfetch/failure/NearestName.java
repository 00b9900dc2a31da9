package io.github.tandemfetch.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person most probably meant by a name that does not exist. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate that the name is a slip of: at most a third of its letters differ, upper and lower case aside, or
     * it is how the candidate begins.
     *
     * @param name what was typed
     * @param candidates the names that exist
     * @return the nearest candidate, empty where none is near
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        String typed = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> isNear(typed, candidate.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT))));
    }

    /**
     * A sentence to put behind a message about the name.
     *
     * @param name what was typed
     * @param candidates the names that exist
     * @return such as {@code Did you mean 'events'?}, or all candidates where none is near
     */
    public static String advice(String name, Collection<String> candidates) {
        return of(name, candidates)
                .map(candidate -> "Did you mean '" + candidate + "'?")
                .orElseGet(() -> "Choose from: " + String.join(", ", candidates) + ".");
    }

    private static boolean isNear(String typed, String candidate) {
        if (typed.length() >= 2 && candidate.startsWith(typed)) {
            return true;
        }
        return distance(typed, candidate) <= Math.max(1, Math.max(typed.length(), candidate.length()) / 3);
    }

    /** The Levenshtein distance: the fewest insertions, deletions and replacements of a character. */
    public static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
