package io.github.tandemfetch.jobs;

import java.util.List;

/**
 * Some jobs, the newest first.
 *
 * @param jobs the jobs
 * @param next before which number the next page begins; null where this is the last
 */
public record JobPage(List<ExportJob> jobs, Long next) {
    /** Keeps its own copy of the jobs. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
