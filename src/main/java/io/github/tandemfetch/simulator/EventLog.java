package io.github.tandemfetch.simulator;

import java.util.Arrays;

/**
 * The events of one day of one pump, in columns: a reused buffer that is filled, sorted by true time and read, so that
 * a history of any length needs the memory of one day.
 */
final class EventLog {
    private static final int FIRST_CAPACITY = 1024;

    private final JsonText text = new JsonText(FIRST_CAPACITY * 256);
    private int[] codes = new int[FIRST_CAPACITY];
    private long[] trueMillis = new long[FIRST_CAPACITY];
    private long[] wallSeconds = new long[FIRST_CAPACITY];
    private long[] readingMillis = new long[FIRST_CAPACITY];
    private int[] textStart = new int[FIRST_CAPACITY];
    private int[] textEnd = new int[FIRST_CAPACITY];
    private long[] order = new long[FIRST_CAPACITY];

    private final boolean withText;
    private ClockPlan clock;
    private boolean clockIsSteady;
    private long steadyOffset;
    private long dayStartMillis;
    private long dayEndMillis;
    private int written;
    private int size;
    private boolean first;

    /** @param withText false for a log that only counts and dates events, which is much faster */
    EventLog(boolean withText) {
        this.withText = withText;
    }

    /** Empties the log for another day. */
    void start(ClockPlan newClock, long newDayStartMillis, long newDayEndMillis) {
        clock = newClock;
        clockIsSteady = clock.isQuiet(newDayStartMillis, newDayEndMillis);
        steadyOffset = clock.offsetAt(newDayStartMillis);
        dayStartMillis = newDayStartMillis;
        dayEndMillis = newDayEndMillis;
        written = 0;
        size = 0;
        text.clear();
    }

    ClockPlan clock() {
        return clock;
    }

    /** What the pump's clock shows at a moment of this day, in seconds of the Unix epoch read as UTC. */
    long clockSeconds(long atMillis) {
        return clockIsSteady ? Math.floorDiv(atMillis + steadyOffset, 1000L) : clock.wallSeconds(atMillis);
    }

    /** Begins an event; its properties follow, then {@link #end()}. */
    EventLog begin(long atMillis, int code) {
        return begin(atMillis, code, clockSeconds(atMillis));
    }

    /** Begins an event whose timestamp differs from the clock after this moment's last change. */
    EventLog begin(long atMillis, int code, long wall) {
        if (written == codes.length) {
            grow();
        }
        codes[written] = code;
        trueMillis[written] = atMillis;
        wallSeconds[written] = wall;
        readingMillis[written] = Long.MIN_VALUE;
        textStart[written] = text.length();
        text.raw('{');
        first = true;
        return this;
    }

    EventLog with(String property, long value) {
        if (withText) {
            name(property).number(value);
        }
        return this;
    }

    /** A float property with at most three decimals and six digits, for which that text is the shortest. */
    EventLog thousandths(String property, long value) {
        if (withText) {
            name(property).thousandths(value);
        }
        return this;
    }

    EventLog float32(String property, float value) {
        if (withText) {
            name(property).raw(Float32Text.of(value));
        }
        return this;
    }

    EventLog text(String property, String value) {
        if (withText) {
            name(property).raw('"').raw(value).raw('"');
        }
        return this;
    }

    EventLog nothing(String property) {
        if (withText) {
            name(property).raw("null");
        }
        return this;
    }

    /** A bitmask as the service sends it: the numbers of the set bits. */
    EventLog bits(String property, int mask) {
        if (withText) {
            name(property).raw('[');
            boolean one = false;
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                if ((mask >>> bit & 1) != 0) {
                    if (one) {
                        text.raw(',');
                    }
                    text.number(bit);
                    one = true;
                }
            }
            text.raw(']');
        }
        return this;
    }

    /** Sets the time of this event's sensor reading. */
    EventLog reading(long atMillis) {
        readingMillis[written] = atMillis;
        return this;
    }

    void end() {
        text.raw('}');
        textEnd[written] = text.length();
        written++;
    }

    /** Sorts the events by true time and drops those of an unpowered pump and of other days. */
    void seal() {
        for (int i = 0; i < written; i++) {
            long at = trueMillis[i];
            if (at >= dayStartMillis && at < dayEndMillis && (clockIsSteady || !clock.isDead(at))) {
                order[size++] = (at - dayStartMillis) << 20 | i;
            }
        }
        Arrays.sort(order, 0, size);
    }

    int size() {
        return size;
    }

    int code(int position) {
        return codes[index(position)];
    }

    long trueMillis(int position) {
        return trueMillis[index(position)];
    }

    long wallSeconds(int position) {
        return wallSeconds[index(position)];
    }

    /** When the reading was taken, or {@link Long#MIN_VALUE} for an event without a reading. */
    long readingMillis(int position) {
        return readingMillis[index(position)];
    }

    void appendProperties(int position, JsonText target) {
        int index = index(position);
        target.raw(text, textStart[index], textEnd[index]);
    }

    private int index(int position) {
        return (int) (order[position] & 0xFFFFF);
    }

    private JsonText name(String property) {
        if (!first) {
            text.raw(',');
        }
        first = false;
        return text.raw('"').raw(property).raw("\":");
    }

    private void grow() {
        int capacity = codes.length * 2;
        codes = Arrays.copyOf(codes, capacity);
        trueMillis = Arrays.copyOf(trueMillis, capacity);
        wallSeconds = Arrays.copyOf(wallSeconds, capacity);
        readingMillis = Arrays.copyOf(readingMillis, capacity);
        textStart = Arrays.copyOf(textStart, capacity);
        textEnd = Arrays.copyOf(textEnd, capacity);
        order = Arrays.copyOf(order, capacity);
    }
}
