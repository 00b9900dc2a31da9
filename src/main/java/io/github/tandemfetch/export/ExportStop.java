package io.github.tandemfetch.export;

/** Ends one export from another thread: what it was writing is removed, and files that have their names stay. */
public final class ExportStop {
    private Runnable action = () -> {};
    private boolean requested;

    /**
     * Asks the export to end. Asked before the export begins, it ends as soon as it does. A statement that has not
     * begun yet takes no notice, so who wants to be sure asks again until the export is over.
     */
    public synchronized void request() {
        requested = true;
        action.run();
    }

    /**
     * Whether the export was asked to end.
     *
     * @return true from the first request on
     */
    public synchronized boolean isRequested() {
        return requested;
    }

    synchronized void onRequest(Runnable stop) {
        action = stop;
        if (requested) {
            stop.run();
        }
    }
}
