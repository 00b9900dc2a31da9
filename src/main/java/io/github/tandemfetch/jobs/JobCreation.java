package io.github.tandemfetch.jobs;

/**
 * What came of asking for a job.
 *
 * @param job the job
 * @param replayed whether it had been made before, with the same key
 */
public record JobCreation(ExportJob job, boolean replayed) {}
