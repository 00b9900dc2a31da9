package io.github.tandemfetch.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The jobs on the disk: a journal of JSON lines, one for each step, each safe on the disk before the step counts. It is
 * written anew, without what is past, when it is opened and whenever it has grown long. A last line that a crash has cut
 * is left out. Not for use by several threads at once.
 */
final class ExportJobStore implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExportJobStore.class);
    private static final int LINES_PAST_BEFORE_REWRITE = 2_000;
    private static final String JOB = "job";
    private static final String DELETED = "deleted";
    private static final String LAST_ID = "last_id";

    private final ObjectMapper json = JsonMapper.builder().build();
    private final JobLines lines = new JobLines(json);
    private final Path file;

    // Other than a channel, it does not close when its thread is interrupted.
    private RandomAccessFile journal;
    private long lastId;
    private int written;

    /**
     * Creates a store.
     *
     * @param file the journal, which need not be there yet
     */
    ExportJobStore(Path file) {
        this.file = file;
    }

    /**
     * Reads the jobs, and opens the journal for writing.
     *
     * @return the jobs by their number
     * @throws IOException where the file system refuses, or the journal is no plain file
     */
    NavigableMap<Long, ExportJob> open() throws IOException {
        NavigableMap<Long, ExportJob> jobs = new TreeMap<>();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("the store is not a plain file");
            }
            read(jobs);
        }
        rewrite(jobs.values());
        return jobs;
    }

    /** The greatest number that a job has had. */
    long lastId() {
        return lastId;
    }

    /**
     * Writes a job as it is now.
     *
     * @param job the job
     * @param all all jobs, with this one, for when the journal is written anew
     * @throws IOException where the file system refuses; the step is then not stored
     */
    void put(ExportJob job, Collection<ExportJob> all) throws IOException {
        ObjectNode line = json.createObjectNode();
        line.set(JOB, lines.write(job));
        append(line, all);
        lastId = Math.max(lastId, job.id());
    }

    /**
     * Writes that a job is no more.
     *
     * @param id the job's number
     * @param all all jobs, without this one
     * @throws IOException where the file system refuses; the job is then still stored
     */
    void remove(long id, Collection<ExportJob> all) throws IOException {
        append(json.createObjectNode().put(DELETED, id), all);
    }

    @Override
    public void close() {
        if (journal == null) {
            return;
        }
        try {
            journal.close();
        } catch (IOException e) {
            LOG.debug("The store could not be closed", e);
        }
        journal = null;
    }

    private void read(NavigableMap<Long, ExportJob> jobs) throws IOException {
        // Strict decoding would refuse the whole store for one letter that a crash has cut in two.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
            try {
                take(json.readTree(line), jobs);
            } catch (JsonProcessingException | RuntimeException e) {
                LOG.warnf("A line of the store %s makes no sense and was left out.", file);
            }
        });
    }

    private void take(JsonNode line, NavigableMap<Long, ExportJob> jobs) {
        if (line.has(JOB)) {
            ExportJob job = lines.read(line.get(JOB));
            jobs.put(job.id(), job);
            lastId = Math.max(lastId, job.id());
        } else if (line.has(DELETED)) {
            jobs.remove(line.get(DELETED).asLong());
        } else if (line.has(LAST_ID)) {
            lastId = Math.max(lastId, Math.min(line.get(LAST_ID).asLong(), JobLines.GREATEST_ID));
        }
    }

    private void append(ObjectNode line, Collection<ExportJob> all) throws IOException {
        if (journal == null) {
            throw new IOException("the store is closed");
        }
        long end = journal.length();
        try {
            journal.seek(end);
            journal.write(bytes(line));
            journal.getFD().sync();
        } catch (IOException e) {
            cutTo(end);
            throw e;
        }
        written++;
        if (written > LINES_PAST_BEFORE_REWRITE + 2 * all.size()) {
            rewrite(all);
        }
    }

    private void cutTo(long end) {
        try {
            journal.setLength(end);
        } catch (IOException e) {
            LOG.debug("Half a line stays in the store", e);
        }
    }

    private void rewrite(Collection<ExportJob> jobs) throws IOException {
        StringBuilder text = new StringBuilder(line(json.createObjectNode().put(LAST_ID, lastId)));
        for (ExportJob job : jobs) {
            ObjectNode line = json.createObjectNode();
            line.set(JOB, lines.write(job));
            text.append(line(line));
        }
        PrivateFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        close();
        journal = new RandomAccessFile(file.toFile(), "rw");
        written = 0;
    }

    private byte[] bytes(ObjectNode line) throws JsonProcessingException {
        return line(line).getBytes(StandardCharsets.UTF_8);
    }

    private String line(ObjectNode line) throws JsonProcessingException {
        return json.writeValueAsString(line) + "\n";
    }
}
