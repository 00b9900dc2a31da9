package io.github.tandemfetch.export;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.store.HiddenFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The hidden folder in which one export writes before files get their final names. It is removed when the export ends,
 * also by Ctrl-C or SIGTERM: the statement under way is then canceled first.
 */
final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkFolder.class);
    private static final int SECONDS_TO_END = 5;

    private final HiddenFolder hidden;
    private final Path folder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread onShutdown = new Thread(this::abandon, "tandem-export-cleanup");
    private volatile Runnable cancellation = () -> {};
    private volatile boolean abandoned;
    private int files;

    WorkFolder(HiddenFolder hidden) {
        this.hidden = hidden;
        this.folder = hidden.path();
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    /** A name in the folder that no other file has. The folder is made anew where something has removed it. */
    Path newFile() {
        try {
            PrivateFile.createFolder(folder);
        } catch (IOException e) {
            throw ExportException.folderNotWritable(folder.getParent(), e);
        }
        files++;
        return folder.resolve("part-" + files);
    }

    /** Says what ends the work where the process is told to end. */
    void whileRunning(Runnable cancel) {
        cancellation = cancel;
        if (abandoned) {
            cancel.run();
        }
    }

    /** Ends the work: the statement under way is canceled, and no other is begun. */
    void stop() {
        abandoned = true;
        cancellation.run();
    }

    /** Whether the work, or the process, was told to end. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Removes a file, or a folder with what is in it; fine where it is gone already. */
    void remove(Path path) {
        try {
            HiddenFolder.removeTree(path);
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be removed", path);
        }
    }

    @Override
    public void close() {
        removeAll();
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending", e);
        }
    }

    private void abandon() {
        stop();
        try {
            if (closed.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        removeAll();
    }

    private void removeAll() {
        hidden.close();
    }
}
