package io.github.tandemfetch.jobs;

import java.nio.channels.FileChannel;
import java.time.Instant;

/** The file of a completed job, which nobody removes until this is closed. */
public final class Download implements AutoCloseable {
    private final ExportJob job;
    private final JobFolder.Lease lease;

    Download(ExportJob job, JobFolder.Lease lease) {
        this.job = job;
        this.lease = lease;
    }

    /**
     * The file's content.
     *
     * @return open until this is closed
     */
    public FileChannel content() {
        return lease.content();
    }

    /**
     * The file's name.
     *
     * @return a name of letters, digits, underscores and dots
     */
    public String name() {
        return job.fileName();
    }

    /**
     * The file's size.
     *
     * @return bytes
     */
    public long size() {
        return job.fileSizeBytes();
    }

    /**
     * When the file was completed; it never changes after.
     *
     * @return UTC
     */
    public Instant completedAt() {
        return job.completedAt();
    }

    /**
     * The job that made the file.
     *
     * @return the job
     */
    public ExportJob job() {
        return job;
    }

    /** Gives the file back. Closing twice is fine. */
    @Override
    public void close() {
        lease.close();
    }
}
