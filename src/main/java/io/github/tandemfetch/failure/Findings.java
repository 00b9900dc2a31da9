package io.github.tandemfetch.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check found wrong.
 *
 * @param looked how many rows were looked at
 * @param count how many of them are wrong
 * @param examples what is wrong with the first few, a sentence each
 */
public record Findings(long looked, long count, List<String> examples) {
    /** Nothing looked at, nothing found. */
    public static final Findings NONE = new Findings(0, 0, List.of());

    public Findings {
        examples = List.copyOf(examples);
    }

    /**
     * These and others.
     *
     * @param others what was found elsewhere
     * @param limit how many examples to keep
     * @return both together
     */
    public Findings and(Findings others, int limit) {
        List<String> both = new ArrayList<>(examples);
        others.examples.stream().limit(Math.max(0, limit - both.size())).forEach(both::add);
        return new Findings(looked + others.looked, count + others.count, both);
    }

    /** Counts findings one by one and keeps the first. */
    public static final class Collector {
        private final int limit;
        private final List<String> examples = new ArrayList<>();
        private long looked;
        private long count;

        /**
         * Begins.
         *
         * @param limit how many examples to keep
         */
        public Collector(int limit) {
            this.limit = limit;
        }

        /**
         * Notes that rows were looked at.
         *
         * @param rows how many
         */
        public void looked(long rows) {
            looked += rows;
        }

        /**
         * Notes one finding.
         *
         * @param example what is wrong
         */
        public void found(String example) {
            found(1, example);
        }

        /**
         * Notes several findings of one kind.
         *
         * @param findings how many
         * @param example what is wrong
         */
        public void found(long findings, String example) {
            count += findings;
            if (examples.size() < limit) {
                examples.add(example);
            }
        }

        /**
         * What was noted.
         *
         * @return the findings so far
         */
        public Findings findings() {
            return new Findings(looked, count, examples);
        }
    }
}
