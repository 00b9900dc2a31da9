package io.github.tandemfetch.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/** Streams the response of a pump-logs call, one day in memory at a time. */
final class PumpLogsResponse implements Exchange.Body {
    private static final int FLUSH_BYTES = 48 * 1024;
    private static final long NO_DAY = Long.MIN_VALUE;
    private static final int DAY_SECONDS = 86_400;

    private final PumpHistory history;
    private final PumpLogsQuery query;
    private final HistoryIndex index;
    private final EventText events;
    private final JsonText text = new JsonText(FLUSH_BYTES + 4096);
    private final boolean empty;
    private final boolean outOfOrder;
    private final boolean changedTypes;
    private final boolean allCodes;
    private final int repeatEvery;
    private final List<Fault.LeftOut.Stretch> leftOut;
    private final Set<Integer> neverSent;
    private final long missingDay;
    private final String oddElement;
    private final boolean noClockChanges;
    private boolean first = true;

    PumpLogsResponse(PumpHistory history, PumpLogsQuery query, FaultSet faults, boolean beforeLateHistory) {
        this.history = history;
        this.query = query;
        index = history.index();
        events = new EventText(history.assignmentId(), faults.has(Fault.BlankStamps.class));
        noClockChanges = faults.has(Fault.NoClockChanges.class);
        oddElement = faults.find(Fault.OddElement.class)
                .map(Fault.OddElement::element)
                .orElse(null);
        empty = faults.has(Fault.EmptyEvents.class);
        outOfOrder = faults.has(Fault.OutOfOrder.class);
        changedTypes = faults.has(Fault.ChangedTypes.class);
        allCodes = query.eventCodes().isEmpty() || faults.has(Fault.IgnoredEventCodes.class);
        repeatEvery =
                faults.find(Fault.Repeated.class).map(Fault.Repeated::every).orElse(0);
        neverSent =
                faults.find(Fault.NeverSent.class).map(Fault.NeverSent::codes).orElse(Set.of());
        missingDay = beforeLateHistory
                ? faults.find(Fault.LateHistory.class)
                        .map(fault -> fault.day().toEpochDay())
                        .orElse(NO_DAY)
                : NO_DAY;
        leftOut = faults.find(Fault.LeftOut.class).map(Fault.LeftOut::stretches).orElse(List.of());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        DayGenerator generator = history.generator();
        text.raw("{\"events\":[");
        for (int i = 0; i < index.days() && !empty; i++) {
            int day = outOfOrder ? index.days() - 1 - i : i;
            if (index.touches(day, query.from().toEpochDay(), query.to().toEpochDay())) {
                day(out, day, generator.generate(day));
            }
        }
        if (noClockChanges) {
            text.raw("]}").writeTo(out);
            return;
        }
        text.raw("],\"clockChanges\":[");
        first = true;
        for (HistoryIndex.ClockChange change : index.clockChanges()) {
            event(out, generator.generate(change.day()), change.position(), change.day());
        }
        text.raw("]}").writeTo(out);
    }

    private void day(OutputStream out, int day, EventLog log) throws IOException {
        int[] order = new int[index.shown(day, log)];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (outOfOrder) {
            shuffle(order, day);
        }
        boolean[] left = unservedClockChanges(day, order.length);
        for (int position : order) {
            if (!left[position] && isAskedFor(log, position)) {
                event(out, log, position, day);
            }
        }
        if (repeatEvery > 0) {
            for (int position = 0; position < order.length; position += repeatEvery) {
                if (!left[position] && isAskedFor(log, position)) {
                    event(out, log, position, day);
                }
            }
        }
    }

    private boolean[] unservedClockChanges(int day, int size) {
        boolean[] left = new boolean[size];
        for (HistoryIndex.ClockChange change : index.clockChanges()) {
            if (change.day() == day && PumpHistory.isOnlyAmongClockChanges(change.ordinal())) {
                left[change.position()] = true;
            }
        }
        return left;
    }

    private boolean isAskedFor(EventLog log, int position) {
        long wall = log.wallSeconds(position);
        return wall >= query.from().toEpochDay() * DAY_SECONDS
                && wall < (query.to().toEpochDay() + 1) * DAY_SECONDS
                && (allCodes || query.eventCodes().contains(log.code(position)));
    }

    private void event(OutputStream out, EventLog log, int position, int day) throws IOException {
        long number = history.firstNumber(index, day) + position;
        if (neverSent.contains(log.code(position))
                || missingDay != NO_DAY && Math.floorDiv(log.wallSeconds(position), (long) DAY_SECONDS) == missingDay) {
            return;
        }
        if (leftOut.stream().anyMatch(stretch -> stretch.holds(history.assignmentId(), history.groupOf(day), number))) {
            return;
        }
        if (!first) {
            text.raw(',');
        }
        boolean leading = first;
        first = false;
        if (changedTypes) {
            events.appendWithChangedTypes(text, log, position, history.groupOf(day), number);
        } else {
            events.append(text, log, position, history.groupOf(day), number);
        }
        if (leading && oddElement != null) {
            text.raw(',').raw(oddElement);
        }
        if (text.length() > FLUSH_BYTES) {
            text.writeTo(out);
            text.clear();
        }
    }

    private static void shuffle(int[] order, int day) {
        SeededRandom random = new SeededRandom(day);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.between(0, i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
}
