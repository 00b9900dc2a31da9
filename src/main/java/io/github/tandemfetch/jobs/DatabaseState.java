package io.github.tandemfetch.jobs;

/**
 * Whether the database can be read.
 *
 * @param state {@code readable}, {@code absent} before the first sync, {@code in use} while another process or a sync
 *     writes to it, or {@code unreadable}
 * @param usable whether exports will get at it, now or when its writer has finished
 * @param reason why it cannot be read and what to do, without a path; null where it can be
 */
public record DatabaseState(String state, boolean usable, String reason) {
    static final DatabaseState READABLE = new DatabaseState("readable", true, null);
    static final DatabaseState ABSENT = new DatabaseState("absent", true, null);
    static final DatabaseState IN_USE = new DatabaseState("in use", true, null);

    static DatabaseState unreadable(JobException failure) {
        return new DatabaseState("unreadable", false, failure.getMessage() + " " + failure.remedy());
    }
}
