package io.github.tandemfetch.jobs;

/**
 * Which jobs are asked for.
 *
 * @param status only those; null for all
 * @param table only those of this table; null for all
 * @param limit how many at most
 * @param before only those with a smaller number; null for the newest
 */
public record JobQuery(JobStatus status, String table, int limit, Long before) {
    /** How many jobs are listed if nothing is said. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many jobs are listed at most. */
    public static final int MAX_LIMIT = 200;
}
