package io.github.tandemfetch.jobs;

/**
 * How the jobs get on.
 *
 * @param taking whether new jobs are taken and can be stored
 * @param pending how many wait
 * @param running how many run
 */
public record JobsState(boolean taking, long pending, long running) {}
