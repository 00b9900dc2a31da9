package io.github.tandemfetch.source;

/** Takes the events of one window as they arrive. What it throws ends the call and reaches the caller as it is. */
public interface PumpLogSink {
    /** Called before each attempt, the first included: whatever came before is to be forgotten. */
    void restart();

    /**
     * Takes one event, in the order of the answer.
     *
     * @param event the event
     */
    void accept(ReceivedEvent event);

    /**
     * Takes an element that cannot be stored as an event, where the rest of the answer can be read.
     *
     * @param event the element
     */
    void reject(RejectedEvent event);

    /** Called where the answer has no list of clock changes, not even an empty one. */
    void lacksClockChanges();
}
