/**
 * Export jobs: what is asked for over HTTP, one after the other, each with its state, its progress and its file. The
 * files are written by {@link io.github.tandemfetch.export.ExportService}, as those of the command are. Knows nothing of
 * HTTP; {@code web} does.
 */
package io.github.tandemfetch.jobs;
