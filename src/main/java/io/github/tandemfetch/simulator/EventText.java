package io.github.tandemfetch.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes events as the service sends them. Not thread-safe. */
final class EventText {
    private static final int DAY_SECONDS = 86_400;

    private final byte[] head;
    private final boolean blankStamps;
    private long dateDay = Long.MIN_VALUE;
    private byte[] date = new byte[0];

    EventText(String assignmentId, boolean blankStamps) {
        this.blankStamps = blankStamps;
        head = ("{\"deviceAssignmentId\":\"" + assignmentId + "\",\"eventCode\":").getBytes(StandardCharsets.US_ASCII);
    }

    void append(JsonText target, EventLog log, int position, int group, long number) {
        target.raw(head).number(log.code(position)).raw(",\"sequenceGroup\":").number(group);
        target.raw(",\"sequenceNumber\":").number(number);
        tail(target, log, position);
    }

    /** The same event as a changed service might send it: numbers as text. */
    void appendWithChangedTypes(JsonText target, EventLog log, int position, int group, long number) {
        target.raw(head)
                .raw('"')
                .number(log.code(position))
                .raw("\",\"sequenceGroup\":\"")
                .number(group);
        target.raw("\",\"sequenceNumber\":\"").number(number).raw('"');
        tail(target, log, position);
    }

    private void tail(JsonText target, EventLog log, int position) {
        target.raw(",\"pumpDateTime\":\"");
        if (!blankStamps) {
            dateTime(target, log.wallSeconds(position));
        }
        target.raw("\",\"eventProperties\":");
        log.appendProperties(position, target);
        target.raw(",\"estimatedDateTime\":\"");
        dateTime(target, log.wallSeconds(position));
        target.raw("Z\"}");
    }

    private void dateTime(JsonText target, long wallSeconds) {
        long day = Math.floorDiv(wallSeconds, (long) DAY_SECONDS);
        if (day != dateDay) {
            dateDay = day;
            date = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
        }
        int second = (int) (wallSeconds - day * DAY_SECONDS);
        target.raw(date)
                .raw('T')
                .padded(second / 3600, 2)
                .raw(':')
                .padded(second / 60 % 60, 2)
                .raw(':')
                .padded(second % 60, 2);
    }
}
